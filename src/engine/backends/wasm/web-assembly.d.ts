/** What the engine needs of WebAssembly. The ES library does not declare it; the DOM one would bring the whole browser. */
declare namespace WebAssembly {
  interface Module {
    readonly __module: never
  }
  interface Instance {
    readonly exports: Record<string, unknown>
  }
  interface Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  interface Global {
    readonly value: number
  }
  const Module: { new (bytes: Uint8Array<ArrayBuffer>): Module }
  const Instance: { new (module: Module): Instance }
  function compile(bytes: Uint8Array<ArrayBuffer>): Promise<Module>
  function validate(bytes: Uint8Array<ArrayBuffer>): boolean
}
