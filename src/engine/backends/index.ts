export { interpret } from './interpreter.ts'
export { emitWasm } from './wasm/emit.ts'
export { compileWasm, instantiate } from './wasm/run.ts'
