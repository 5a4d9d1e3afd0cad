// Every mistake an author can make, and what is said about it: code, line and column with length, message, help. The messages are the face of the
// language, so they stand here in full.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Problem } from '#base'
import { checkModel } from './check-model.ts'
import { gatherModel } from './gather.ts'
import { parseModel, parsePriorText } from './parse.ts'

// nine lines that are right; what is wrong starts in line 10
const BASE = `model m "a model"
time [h]
param k = 0.1 [1/h] "rate" @assumed "round"
param V = 2 [L] "volume" @assumed "round"
input u = 1 [1] "switch" @assumed "round"
state A = 100 [mg]
state X[1..3] = 0 [mg]
der A = -k*A
der X[i=1..3] = k*A
`

const where = ({ code, place }: Problem): string =>
  place ? `${code} ${place.line}:${place.column}+${place.length}` : code

/** All that is said about one file, but that V and u are not used. */
function problemsOf(text: string): Problem[] {
  const { value, problems } = parseModel('m.model', text)
  return [...problems, ...checkModel([value]).problems].filter(
    ({ message }) => !/^"[Vu]" is used nowhere/.test(message),
  )
}

type Row = readonly [title: string, wrong: string, where: string, message: string, help?: string]

const MISTAKES: Readonly<Record<string, readonly Row[]>> = {
  'what cannot be read': [
    [
      'an unknown statement',
      'parma q = 1',
      'unknown-statement 10:1+5',
      'No statement starts with "parma".',
      'did you mean "param"?',
    ],
    [
      'a definition without "let"',
      'kel = 3',
      'unknown-statement 10:1+3',
      'No statement starts with "kel".',
      'a derived quantity is written: let kel = …',
    ],
    [
      'a statement that is indented',
      '# note\n  let q = 3',
      'indented 11:3+3',
      'The indented "let" continues a comment, not a statement.',
      'start the statement in column 1',
    ],
    ['no name', 'param = 3', 'syntax 10:7+1', 'Expected the name of the param, found "=".'],
    ['no equals sign', 'let q 3', 'syntax 10:7+1', 'Expected "=", found "3".'],
    ['no expression', 'let q =', 'syntax 10:8+1', 'Expected a number, a name or "(", found the end of the statement.'],
    [
      'no expression before a comment',
      'let q = # later',
      'syntax 10:8+1',
      'Expected a number, a name or "(", found the end of the statement.',
    ],
    [
      'an operator without a right side',
      'let q = k *',
      'syntax 10:12+1',
      'Expected a number, a name or "(", found the end of the statement.',
    ],
    [
      'a parenthesis that stays open',
      'let q = (k + k',
      'syntax 10:15+1',
      'Expected ")", found the end of the statement.',
    ],
    ['something left over', 'let q = k k', 'syntax 10:11+1', 'Expected the end of the statement, found "k".'],
    [
      'a unit twice',
      'let q = k [1/h] [1/h]',
      'syntax 10:17+5',
      'Expected the end of the statement, found the unit [1/h].',
      'a unit stands once, after the number or the expression',
    ],
    [
      'a unit that touches a name',
      'let q = k[1/h]',
      'syntax 10:12+1',
      'Expected "]", found "/".',
      'a unit stands apart from the name before it: write a space before "["',
    ],
    [
      'a text that stays open',
      'let q = k "rate',
      'syntax 10:11+1',
      'Expected the end of the statement, found a " that nothing closes.',
      'close the text with a second " on the same line',
    ],
    [
      'a unit that stays open',
      'let q = 3 [mg',
      'syntax 10:11+1',
      'Expected the end of the statement, found a [ that nothing closes.',
      'close the unit with "]" on the same line',
    ],
    [
      'a number beyond all range',
      'let q = 1e999',
      'number-too-large 10:9+5',
      'The number "1e999" is too large: the largest is about 1.8e308.',
    ],
    [
      'a quantity in an unknown unit',
      'let q = 3 [foo]',
      'bad-unit 10:12+3',
      '"foo" is not a unit',
      'write what counts as 1 in braces: {point}',
    ],
    ['a mistyped unit', 'let q = 3 [mL/minn]', 'bad-unit 10:15+4', '"minn" is not a unit', 'did you mean "min"?'],
    [
      'a unit with spaces before it',
      'let q = 3 [  foo ]',
      'bad-unit 10:14+3',
      '"foo" is not a unit',
      'write what counts as 1 in braces: {point}',
    ],
    [
      '"if" without "else"',
      'let q = if k > 0 then k',
      'syntax 10:24+1',
      'Expected "else", found the end of the statement.',
      'every "if" says what holds otherwise: if … then … else …',
    ],
    [
      '"in" without a unit',
      'let q = A in mg',
      'syntax 10:14+2',
      'Expected a unit after "in", found "mg".',
      'for example: dose in [mg/L]',
    ],
    [
      'a chained comparison',
      'let q = if 1 < 2 < 3 then 1 else 0',
      'chained-comparison 10:18+1',
      'Comparisons do not chain.',
      'write a < b and b < c',
    ],
    [
      'a reserved name',
      'let if = 3',
      'reserved-name 10:5+2',
      '"if" has a meaning in expressions and cannot be the name.',
    ],
    [
      'the reserved "steady"',
      'state steady = 3',
      'reserved-name 10:7+6',
      '"steady" has a meaning in expressions and cannot be the name of the state.',
    ],
    [
      'a dotted name',
      'let pk.q = 3',
      'dotted-name 10:5+4',
      'A dot joins a file and a name of it: "pk.q" cannot be the name.',
      'join words with "_"',
    ],
    [
      'a file name in "use"',
      'use pk.model',
      'dotted-name 10:5+8',
      '"pk.model" is the name of no model.',
      'without ".model", and "_" for "-"',
    ],
    [
      'an unknown prior',
      'param q = 1 [1] lognorm cv 30% "m" @assumed "w"',
      'unknown-prior 10:17+7',
      'No prior is called "lognorm".',
      'did you mean "lognormal"?',
    ],
    [
      'a prior without its spread',
      'param q = 1 [1] normal 30% "m" @assumed "w"',
      'syntax 10:24+2',
      'Expected "sd", found "30".',
      'normal sd 0.5',
    ],
    [
      'a uniform prior without ends',
      'param q = 1 [1] uniform 0 to 1 "m" @assumed "w"',
      'syntax 10:25+1',
      'Expected "from", found "0".',
      'uniform from 0.2 to 0.7',
    ],
    [
      'a table of one point',
      'table T(t [h]) = (0, 1) [mg] linear hold "m" @key',
      'table-too-short 10:7+1',
      'A table needs at least two points, "T" has 1.',
      '(0, 1) (10, 3)',
    ],
    [
      'a table without a way to read it',
      'table T(t [h]) = (0, 1) (1, 2) [mg] smooth hold "m" @key',
      'syntax 10:37+6',
      'Expected how to read between the points: "linear" or "step", found "smooth".',
    ],
    ['an array from 0', 'state Y[0..3] = 0', 'not-a-count 10:9+1', 'Expected the first index, 1, found 0.'],
    [
      'an array that is too long',
      'state Y[1..300] = 0',
      'not-a-count 10:12+3',
      'Expected the size of the array from 1 to 200, found 300.',
    ],
    [
      'an index that is no whole number',
      'let q = X[1.5]',
      'not-a-count 10:11+3',
      'Expected a whole number or a counter from 1 to 200, found 1.5.',
    ],
    [
      'a range that falls',
      'der X[i=3..2] = 0',
      'not-a-count 10:12+1',
      'Expected the last element from 3 to 200, found 2.',
    ],
    ['a tolerance of 0', 'state Y = 0 [mg] tolerance 0', 'bad-tolerance 10:28+1', 'A tolerance is above 0, found 0.'],
    ['a limit of 0', 'expect A at 1 [h] = A within 0%', 'bad-limit 10:30+1', 'A limit is above 0, found 0.'],
    [
      'a limit without a unit',
      'expect A at 1 [h] = A within 3',
      'missing-unit 10:31+1',
      'Expected "%" or a unit after the limit, found the end of the statement.',
      'units stand in brackets; [1] is a pure number',
    ],
    [
      'an expectation without a time',
      'expect A = 3 [mg] within 1%',
      'syntax 10:10+1',
      'Expected "at" and a time, found "=".',
      'expect X at 10 [h] = … within 1%, or: expect steady X = … within 1%',
    ],
    [
      'an expectation without a limit',
      'expect A at 1 [h] = 3 [mg]',
      'syntax 10:27+1',
      'Expected "within" and a limit, found the end of the statement.',
      'within 1%, or within 0.01 [mg/L]',
    ],
    [
      'a run without steps',
      'run 3 [h]',
      'syntax 10:10+1',
      'Expected "every", found the end of the statement.',
      'run 10 [d] every 1 [h]',
    ],
    [
      'an unknown action',
      'run 3 [h] every 1 [h] given bolus 3 [mg] into A',
      'syntax 10:29+5',
      'Expected an action: "dose" or "set" or "reset", found "bolus".',
    ],
    [
      'a dose without a target',
      'run 3 [h] every 1 [h] given dose 3 [mg]',
      'syntax 10:40+1',
      'Expected "into" and a state, found the end of the statement.',
      'dose 100 [mg] into central at 0 [h]',
    ],
    [
      'a dose repeated without a count',
      'run 3 [h] every 1 [h] given dose 3 [mg] into A every 1 [h]',
      'syntax 10:59+1',
      'Expected "times" and a count, found the end of the statement.',
      'every 24 [h] times 5 means five doses in all',
    ],
  ],
  names: [
    [
      'an unknown name, nearly right',
      'let q = K*A',
      'unknown-name 10:9+1',
      'Nothing is called "K" here.',
      'did you mean "k"?',
    ],
    [
      'an unknown name, nothing like it',
      'let q = clearance*A',
      'unknown-name 10:9+9',
      'Nothing is called "clearance" here.',
    ],
    [
      'an unknown function',
      'let q = exq(k)',
      'unknown-function 10:9+6',
      'No function is called "exq".',
      'did you mean "exp"?',
    ],
    [
      'an unknown file before the dot',
      'let q = pk.A',
      'unknown-name 10:9+4',
      'No joined file is called "pk".',
      'join it: use …',
    ],
    [
      'a name declared twice',
      'let k = 3',
      'doubled-name 10:5+1',
      '"k" is declared twice in this file.',
      'each name means one thing',
    ],
    [
      'an argument twice',
      'function f(a, a) = a\nlet q = f(1, 2)',
      'doubled-name 10:15+1',
      '"a" is an argument twice.',
      'each name means one thing',
    ],
    [
      'a function as a quantity',
      'function f(a) = a\nlet q = f + f(1)',
      'not-a-quantity 11:9+1',
      '"f" is a function and needs an argument in parentheses.',
    ],
    [
      'a built-in function as a quantity',
      'let q = exp*2',
      'not-a-quantity 10:9+3',
      '"exp" is a function and needs arguments in parentheses.',
    ],
    [
      'a quantity as a function',
      'let q = k(A)',
      'not-a-function 10:9+4',
      '"k" is a parameter, not a function.',
      'multiplication is written with "*"',
    ],
    [
      'too few arguments',
      'function f(a, b) = a*b\nlet q = f(1)',
      'wrong-arguments 11:9+4',
      '"f" takes 2 arguments, found 1.',
    ],
    [
      'too many arguments of a built-in function',
      'let q = exp(1, 2)',
      'wrong-arguments 10:9+9',
      '"exp" takes one argument, found 2.',
    ],
    [
      'one argument of "min"',
      'let q = min(k)',
      'wrong-arguments 10:9+6',
      '"min" takes two or more arguments, found 1.',
    ],
    [
      'the sum of no array',
      'let q = sum(A)',
      'wrong-arguments 10:9+6',
      '"sum" takes the name of one array.',
      'sum(transit)',
    ],
    [
      'an array as a number',
      'let q = X',
      'array-as-number 10:9+1',
      '"X" is an array of 3: say which element.',
      'X[1], or sum(X)',
    ],
    [
      'an index of no array',
      'let q = A[1]',
      'not-an-array 10:9+4',
      '"A" is no array.',
      'a unit stands apart from the name before it: write a space before "["',
    ],
    ['an index beyond the array', 'let q = X[4]', 'index-out-of-range 10:9+4', '"X" has elements 1 to 3, not 4.'],
    [
      'a counter where there is none',
      'let q = X[i]',
      'unknown-counter 10:9+4',
      'The counter "i" is not known here.',
      'der X[i=1..3] = …',
    ],
    [
      'a counter as a number',
      'state Y[1..2] = 0 [mg]\nder Y[i=1..2] = i*k*A',
      'counter-as-number 11:17+1',
      'The counter "i" counts elements and is not a quantity.',
    ],
    [
      'a param that nothing uses',
      'param q = 1 [1] "m" @assumed "w"',
      'unused 10:7+1',
      '"q" is used nowhere.',
      'take it out, or use it',
    ],
    [
      'a function that nothing uses',
      'function f(a) = a',
      'unused 10:10+1',
      '"f" is used nowhere.',
      'take it out, or use it',
    ],
    [
      'a table that nothing uses',
      'table T(t [h]) = (0, 1) (1, 2) [mg] linear hold "m" @key',
      'unused 10:7+1',
      '"T" is used nowhere.',
      'take it out, or use it',
    ],
  ],
  'definitions that need themselves': [
    [
      'itself',
      'let q = q + 1',
      'cyclic-definition 10:9+1',
      '"q" is defined by itself: q -> q.',
      'a quantity that feeds back on itself must be a state',
    ],
    [
      'two of them',
      'let p = q*2\nlet q = p*2',
      'cyclic-definition 11:9+1',
      '"p" is defined by itself: p -> q -> p.',
      'a quantity that feeds back on itself must be a state',
    ],
    [
      'three of them',
      'let p = q*2\nlet q = r*2\nlet r = p*2',
      'cyclic-definition 12:9+1',
      '"p" is defined by itself: p -> q -> r -> p.',
      'a quantity that feeds back on itself must be a state',
    ],
    [
      'a function',
      'function f(a) = f(a)\nlet q = f(1)',
      'cyclic-definition 10:17+4',
      'The function "f" calls itself: f() -> f().',
      'functions are inlined and cannot recur',
    ],
    [
      'two functions',
      'function f(a) = g(a)\nfunction g(a) = f(a)\nlet q = f(1)',
      'cyclic-definition 11:17+4',
      'The function "f" calls itself: f() -> g() -> f().',
      'functions are inlined and cannot recur',
    ],
    [
      'a definition and a function',
      'function f(a) = a*q\nlet q = f(1)',
      'cyclic-definition 10:19+1',
      '"q" is defined by itself: q -> f() -> q.',
      'a quantity that feeds back on itself must be a state',
    ],
    [
      'a start',
      'state Y = q\nlet q = Y*2\nder Y = 0',
      'cyclic-definition 10:11+1',
      '"q" is defined by itself: q -> start of Y -> q.',
      'a quantity that feeds back on itself must be a state',
    ],
  ],
  units: [
    [
      'a sum',
      'let q = A + k',
      'unit-mismatch 10:9+5',
      'Cannot add "k" [1/h] to "A" [mg]: both sides of "+" need one unit.',
      '[1/h] is a rate, [mg] is a mass',
    ],
    [
      'a difference',
      'let q = k - A',
      'unit-mismatch 10:9+5',
      'Cannot subtract "A" [mg] from "k" [1/h]: both sides of "-" need one unit.',
      '[mg] is a mass, [1/h] is a rate',
    ],
    [
      'a difference that lacks a state',
      'state B = 150 [cell/uL]\nparam birth = 3 [cell/uL/d] "m" @assumed "w"\nparam loss = 0.02 [1/d] "m" @assumed "w"\nder B = birth - loss',
      'unit-mismatch 13:9+12',
      'Cannot subtract "loss" [1/d] from "birth" [cell/uL/d]: both sides of "-" need one unit.',
      'did you mean loss*B?',
    ],
    [
      'a comparison',
      'let q = if A > k then 1 else 2',
      'unit-mismatch 10:12+5',
      'Cannot compare "A" [mg] with "k" [1/h]: both sides of ">" need one unit.',
      '[1/h] is a rate, [mg] is a mass',
    ],
    [
      'a number that lacks its unit',
      'let q = A + 3',
      'unit-mismatch 10:9+5',
      'Cannot add "3" [1] to "A" [mg]: both sides of "+" need one unit.',
      'give the number its unit: 3 [mg]',
    ],
    [
      'two scales of one dimension',
      'let q = A + 3 [g]',
      'unit-mismatch 10:9+9',
      'Cannot add "3 [g]" [g] to "A" [mg]: both sides of "+" need one unit.',
      '[g] is 1000 × [mg]; write (3 [g] in [mg])',
    ],
    [
      'the branches of "if"',
      'let q = if u > 0 then A else k',
      'unit-mismatch 10:9+22',
      'The branches of "if" differ: "A" is [mg], "k" is [1/h].',
      '[1/h] is a rate, [mg] is a mass',
    ],
    [
      'a declared unit',
      'let q = A/V [mg/mL]',
      'unit-mismatch 10:9+3',
      '"A/V" is [mg/L], declared as [mg/mL].',
      '[mg/mL] is 1000 × [mg/L]; write (A/V in [mg/mL])',
    ],
    [
      'a declared unit of another kind',
      'let q = A/V [1/h]',
      'unit-mismatch 10:9+3',
      '"A/V" is [mg/L], declared as [1/h].',
      '[mg/L] is a mass concentration, [1/h] is a rate',
    ],
    [
      'a conversion',
      'let q = A in [L]',
      'unit-mismatch 10:9+8',
      'Cannot convert "A" [mg] to [L]: [mg] is a mass, [L] is a volume.',
    ],
    [
      'the exponential of a mass',
      'let q = exp(A)',
      'unit-mismatch 10:9+6',
      '"exp" wants a pure number [1], "A" is [mg].',
      'divide by a reference value in [mg]',
    ],
    [
      'the whole part of a mass',
      'let q = floor(A)',
      'unit-mismatch 10:9+8',
      '"floor" wants a pure number [1], "A" is [mg].',
      'divide by a reference value in [mg]',
    ],
    [
      'the exponential of a percentage',
      'let q = exp(30 [%])',
      'unit-mismatch 10:9+11',
      '"exp" wants a pure number [1], "30 [%]" is [%].',
      'write (… in [1])',
    ],
    [
      'the arguments of "min"',
      'let q = min(A, k)',
      'unit-mismatch 10:9+9',
      'The arguments of "min" differ: [mg] and [1/h].',
      '[1/h] is a rate, [mg] is a mass',
    ],
    [
      'an argument of a function',
      'function f(a [h]) = a\nlet q = f(A)',
      'unit-mismatch 11:11+1',
      '"A" is [mg], wanted in [h].',
      '[mg] is a mass, [h] is a time',
    ],
    [
      'an argument of a table',
      'table T(t [h]) = (0, 1) (1, 2) [mg] linear hold "m" @key\nlet q = T(A)',
      'unit-mismatch 11:11+1',
      '"A" is [mg], wanted in [h].',
      '[mg] is a mass, [h] is a time',
    ],
    [
      'a table of two arguments',
      'table T(t [h]) = (0, 1) (1, 2) [mg] linear hold "m" @key\nlet q = T(time, time)',
      'wrong-arguments 11:9+13',
      '"T" takes one argument, found 2.',
    ],
    [
      'an exponent with a unit',
      'let q = V^A',
      'unit-mismatch 10:9+3',
      'An exponent is a pure number [1], "A" is [mg].',
      'divide by a reference value in [mg]',
    ],
    [
      'a variable exponent',
      'let q = V^u',
      'unit-mismatch 10:9+3',
      'With a variable exponent the base is a pure number [1], "V" is [L].',
      'divide by a reference value: (V/…)^…',
    ],
    [
      'a power that no unit has',
      'let q = V^0.3',
      'unit-power 10:9+5',
      '[L] cannot be raised to 0.3 in "V^0.3".',
      'divide by a reference value in [L] first',
    ],
    [
      'a root that no unit has',
      'let q = sqrt(sqrt(sqrt(V)))',
      'unit-power 10:9+19',
      '[L^0.25] cannot be raised to 0.5 in "sqrt(sqrt(sqrt(V)))".',
      'divide by a reference value in [L^0.25] first',
    ],
    [
      'a unit out of hand',
      'let q = V^101',
      'unit-power 10:9+5',
      'The unit of "V^101" is out of hand: at most 40 symbols, exponents up to 100, a size within the range of numbers.',
      'divide by reference values',
    ],
    [
      'a rate',
      'state Y = 0 [mg]\nder Y = A',
      'unit-mismatch 11:9+1',
      '"A" is [mg], wanted in [mg/h].',
      '[mg] is a mass, [mg/h] is a mass per time',
    ],
    [
      'a start',
      'state Y = A*0 + V [mg]\nder Y = 0',
      'unit-mismatch 10:11+7',
      'Cannot add "V" [L] to "A*0" [mg]: both sides of "+" need one unit.',
      '[L] is a volume, [mg] is a mass',
    ],
    [
      'the time of a run',
      'run 3 [mg] every 1 [h]',
      'unit-mismatch 10:7+4',
      '[mg] is no unit of time: [mg] is a mass, [h] is a time.',
    ],
    [
      'a limit',
      'expect A at 1 [h] = 3 [mg] within 1 [h]',
      'unit-mismatch 10:37+3',
      'The limit is in [h], the value in [mg].',
      '[h] is a time, [mg] is a mass',
    ],
    [
      'an expected value',
      'expect A at 1 [h] = 3 [h] within 1%',
      'unit-mismatch 10:21+5',
      '"3 [h]" is [h], wanted in [mg].',
      '[h] is a time, [mg] is a mass',
    ],
    [
      'a dose',
      'run 3 [h] every 1 [h] given dose 3 [L] into A',
      'unit-mismatch 10:34+5',
      'What is given is in [L], what it is for in [mg].',
      '[L] is a volume, [mg] is a mass',
    ],
  ],
  truth: [
    [
      'a condition as a number',
      'let q = (k > 0) + 1',
      'not-a-number 10:10+5',
      '"k > 0" is a truth value where a number is needed.',
      'write: if … then 1 else 0',
    ],
    [
      'a condition as a definition',
      'let q = k > 0',
      'not-a-number 10:9+5',
      '"k > 0" is a truth value where a number is needed.',
      'write: if … then 1 else 0',
    ],
    [
      'a number as a condition',
      'let q = if k then 1 else 2',
      'not-a-truth 10:12+1',
      '"k" is a number where a condition is needed.',
      'compare it: … > 0',
    ],
    [
      'a number in "and"',
      'let q = if k and u > 0 then 1 else 2',
      'not-a-truth 10:12+1',
      '"k" is a number where a condition is needed.',
      'compare it: … > 0',
    ],
    [
      'branches of two kinds',
      'let q = if (if u > 0 then u > 1 else 3) then 1 else 2',
      'mixed-truth 10:13+26',
      'One branch of "if" is a truth value, the other a number.',
    ],
    [
      'a condition as a rate',
      'state Y = 0 [1]\nder Y = k > 0',
      'not-a-number 11:9+5',
      '"k > 0" is a truth value where a number is needed.',
      'write: if … then 1 else 0',
    ],
  ],
  'numbers and where they come from': [
    [
      'a param without a unit',
      'param q = 1 "m" @assumed "w"\nlet r = q',
      'missing-unit 10:7+1',
      '"q" has no unit.',
      'units stand in brackets after the number; [1] is a pure number',
    ],
    [
      'a param without a meaning',
      'param q = 1 [1] @key\nlet r = q',
      'missing-meaning 10:7+1',
      '"q" does not say what it means.',
      'put a few words in quotes after the unit: "rate of loss"',
    ],
    [
      'an empty meaning',
      'param q = 1 [1] " " @key\nlet r = q',
      'missing-meaning 10:7+1',
      '"q" does not say what it means.',
      'put a few words in quotes after the unit: "rate of loss"',
    ],
    [
      'an input without a source',
      'input q = 1 [1] "m"\nlet r = q',
      'missing-source 10:7+1',
      '"q" has no source.',
      'end the line with @key "where in it", or @assumed "why"',
    ],
    [
      'an assumption without a reason',
      'param q = 1 [1] "m" @assumed\nlet r = q',
      'missing-reason 10:21+8',
      '"q" is assumed without a reason.',
      '@assumed "why this value"',
    ],
    [
      'a table without a meaning',
      'table T(t [h]) = (0, 1) (1, 2) [mg] linear hold @key\nlet r = T(time)',
      'missing-meaning 10:7+1',
      '"T" does not say what it means.',
      'put a few words in quotes after the unit: "rate of loss"',
    ],
    [
      'a table without a source',
      'table T(t [h]) = (0, 1) (1, 2) [mg] linear hold "m"\nlet r = T(time)',
      'missing-source 10:7+1',
      '"T" has no source.',
      'end the line with @key "where in it", or @assumed "why"',
    ],
    [
      'a table that does not rise',
      'table T(t [h]) = (0, 1) (2, 2) (2, 3) [mg] linear hold "m" @key\nlet r = T(time)',
      'table-order 10:7+1',
      'The arguments of "T" must rise: point 3 does not.',
      'put the points in order, each argument once',
    ],
    [
      'an output without a meaning',
      'provides q = A',
      'missing-meaning 10:10+1',
      '"q" does not say what it means.',
      'put a few words in quotes after the unit: "rate of loss"',
    ],
    [
      'a lognormal prior below 0',
      'param q = -1 [1] lognormal cv 30% "m" @assumed "w"\nlet r = q',
      'bad-prior 10:18+9',
      'A lognormal prior needs a value above 0, found "q" = -1.',
      'use normal sd …',
    ],
    [
      'a negative spread',
      'param q = 1 [1] normal sd -1 "m" @assumed "w"\nlet r = q',
      'bad-prior 10:17+6',
      'The spread of a prior is at least 0, found -1.',
      'leave the prior out if the value does not vary',
    ],
    [
      'a logitnormal prior with a unit',
      'param q = 0.5 [mg] logitnormal sd 1 "m" @assumed "w"\nlet r = q',
      'bad-prior 10:20+11',
      'A logitnormal prior is for pure numbers [1], "q" = 0.5 is in [mg].',
      'use lognormal cv …%',
    ],
    [
      'a logitnormal prior beyond 1',
      'param q = 1.5 [1] logitnormal sd 1 "m" @assumed "w"\nlet r = q',
      'bad-prior 10:19+11',
      'A logitnormal prior needs a value between 0 and 1, found "q" = 1.5.',
      'use lognormal cv …%',
    ],
    [
      'a uniform prior that falls',
      'param q = 1 [1] uniform from 2 to 0 "m" @assumed "w"\nlet r = q',
      'bad-prior 10:17+7',
      'A uniform prior rises: from 2 to 0 does not.',
      'put the lower end first',
    ],
    [
      'a uniform prior beside its value',
      'param q = 3 [1] uniform from 0 to 2 "m" @assumed "w"\nlet r = q',
      'bad-prior 10:17+7',
      '"q" = 3 lies outside its prior, 0 to 2.',
      'the number is the typical value',
    ],
    ['a division by zero', 'let q = k/0', 'division-by-zero 10:9+3', '"k/0" divides by zero.'],
    ['a division by zero with a unit', 'let q = k/0 [h]', 'division-by-zero 10:9+7', '"k/0 [h]" divides by zero.'],
  ],
  'states and rates': [
    ['a state without a rate', 'state Y = 0 [mg]', 'missing-rate 10:7+1', '"Y" has no rate of change.', 'der Y = …'],
    [
      'an element without a rate',
      'state Y[1..2] = 0 [mg]\nder Y[1] = 0',
      'missing-rate 10:7+1',
      '"Y[2]" has no rate of change.',
      'der Y[2] = …',
    ],
    ['two rates', 'der A = 0', 'doubled-rate 10:5+1', '"A" has two rates of change.'],
    [
      'two rates of an element',
      'state Y[1..2] = 0 [mg]\nder Y[i=1..2] = 0\nder Y[2] = 0',
      'doubled-rate 12:5+1',
      '"Y[2]" has two rates of change.',
    ],
    [
      'a rate of no state',
      'der k = 0',
      'not-a-state 10:5+1',
      '"k" is no state and has no rate of change.',
      'state k = …',
    ],
    [
      'a rate of an array as a whole',
      'state Y[1..2] = 0 [mg]\nder Y = 0',
      'array-as-number 11:5+1',
      '"Y" is an array of 2: say which element.',
      'der Y[i=1..2] = …',
    ],
    ['a rate of an element of no array', 'state Y = 0 [mg]\nder Y[1] = 0', 'not-an-array 11:5+1', '"Y" is no array.'],
    [
      'a rate beyond the array',
      'state Y[1..2] = 0 [mg]\nder Y[i=1..3] = 0',
      'index-out-of-range 11:5+1',
      '"Y" has elements 1 to 2, not 3.',
    ],
    [
      'a neighbour beyond the array',
      'state Y[1..2] = 0 [mg]\nder Y[i=1..2] = k*Y[i - 1]',
      'index-out-of-range 11:19+8',
      '"Y" has elements 1 to 2, not 0.',
    ],
    [
      'a start that depends on a state',
      'state Y = A*2\nder Y = 0',
      'start-moves 10:11+3',
      'The start of "Y" depends on a state.',
      'a start is made of params and inputs',
    ],
    [
      'a start that depends on time',
      'state Y = 3 [mg/h]*time\nder Y = 0',
      'start-moves 10:11+13',
      'The start of "Y" depends on time.',
      'a start is made of params and inputs',
    ],
    [
      'a start that depends on a state through a definition',
      'let q = A*2\nstate Y = q\nder Y = 0',
      'start-moves 11:11+1',
      'The start of "Y" depends on a state.',
      'a start is made of params and inputs',
    ],
    [
      'a start that depends on itself',
      'state Y = Y\nder Y = 0',
      'start-moves 10:11+1',
      'The start of "Y" depends on itself.',
      'a start is made of params and inputs',
    ],
    [
      'a conserved constant',
      'conserved q = k',
      'conserved-constant 10:11+1',
      '"q" depends on no state: it cannot change.',
    ],
  ],
  'runs and expectations': [
    ['two runs', 'run 3 [h] every 1 [h]\nrun 4 [h] every 1 [h]', 'doubled-statement 11:1+3', 'A file says "run" once.'],
    ['two times', 'time [d]', 'doubled-statement 10:1+4', 'A file says "time" once.'],
    ['a run of no length', 'run 0 [h] every 1 [h]', 'bad-time 10:5+1', 'The time must be above 0, found 0 [h].'],
    ['an endless run', 'run 1e308 [a] every 1 [h]', 'bad-time 10:5+5', 'The time must be finite, found 1e+308 [a].'],
    [
      'an expectation before the start',
      'expect A at -1 [h] = 3 [mg] within 1%',
      'bad-time 10:13+1',
      'The time must be at least 0, found -1 [h].',
    ],
    [
      'an expected value that depends on a state',
      'expect A at 1 [h] = A within 1%',
      'expectation-moves 10:21+1',
      'What is expected depends on a state.',
      'expect a number, or a closed form in params and time',
    ],
    [
      'an expected steady value that depends on time',
      'expect steady A = 3 [mg/h]*time within 1%',
      'expectation-moves 10:19+13',
      'What is expected depends on time, which a steady state has none of.',
      'expect a number, or a closed form in params and time',
    ],
    [
      'a dose into no state',
      'run 3 [h] every 1 [h] given dose 3 [mg] into V',
      'not-a-state 10:46+1',
      '"V" is no state: nothing can be given into it.',
      'states: A X[1] X[2] X[3]',
    ],
    [
      'a dose into an array as a whole',
      'run 3 [h] every 1 [h] given dose 3 [mg] into X',
      'index-out-of-range 10:46+1',
      '"X" is an array of 3: say which element.',
      'X[1]',
    ],
    [
      'a dose into an element of no array',
      'run 3 [h] every 1 [h] given dose 3 [mg] into A[1]',
      'not-an-array 10:46+1',
      '"A" is no array.',
    ],
    [
      'a dose that depends on a state',
      'run 3 [h] every 1 [h] given dose A into A',
      'given-moves 10:34+1',
      'What is given depends on a state.',
      'a dose or a setting is a number, or made of params',
    ],
    [
      'a dose that depends on time',
      'run 3 [h] every 1 [h] given dose 3 [mg/h]*time into A',
      'given-moves 10:34+13',
      'What is given depends on time.',
      'a dose or a setting is a number, or made of params',
    ],
    [
      'setting a state',
      'run 3 [h] every 1 [h] given set A = 3 [mg]',
      'not-settable 10:33+1',
      '"A" is a state: only params and inputs can be set.',
      'reset A = …',
    ],
    [
      'setting a definition',
      'let q = k\nrun 3 [h] every 1 [h] given set q = 3 [1/h]',
      'not-settable 11:33+1',
      '"q" is a derived quantity: only params and inputs can be set.',
    ],
    [
      'setting a param at a time',
      'run 3 [h] every 1 [h] given set k = 3 [1/h] at 1 [h]',
      'timed-param 10:48+1',
      '"k" is a param and holds for the whole run.',
      'what changes in time is an input',
    ],
  ],
}

/** Holds what is said about a file to the one problem of a row. */
function expectOnly(text: string, [, , expectedWhere, message, help]: Row): void {
  const problems = problemsOf(text)
  expect(problems.map(where)).toEqual([expectedWhere])
  expect({ message: problems[0]?.message, help: problems[0]?.help }).toEqual({ message, help })
}

const titled = (rows: readonly Row[]) => rows.map((row) => [row[0], row] as const)

describe.each(Object.entries(MISTAKES))('%s', (_, rows) => {
  test.each(titled(rows))('%s', (_title, row) => expectOnly(`${BASE}${row[1]}\n`, row))
})

describe('a file as a whole', () => {
  const REST = 'state A = 1\nder A = 0\n'

  const HEADS: readonly Row[] = [
    [
      'without "model"',
      `time [h]\n${REST}`,
      'missing-model 1:1+1',
      'The file does not say what it models.',
      'model m "what it is"',
    ],
    ['without "time"', `model m\n${REST}`, 'missing-time 1:1+1', 'The file does not say its unit of time.', 'time [h]'],
    [
      'under another name',
      `model n\ntime [h]\n${REST}`,
      'model-name 1:7+1',
      'The model is called "n", its file says "m".',
      'name both alike, "_" in the model for "-" in the file',
    ],
    [
      'with a time that is none',
      `model m\ntime [mg]\n${REST}`,
      'unit-mismatch 2:6+4',
      '[mg] is no unit of time.',
      'time [h], or [d], [wk], [a]',
    ],
    [
      'without a state',
      'model m\ntime [h]\n',
      'no-state 1:1+1',
      'The model has no state: nothing changes in time.',
      'state A = 100 [mg]',
    ],
    [
      'with "model" twice',
      `model m\nmodel m\ntime [h]\n${REST}`,
      'doubled-statement 2:1+5',
      'A file says "model" once.',
    ],
  ]
  test.each(titled(HEADS))('%s', (_title, row) => expectOnly(row[1], row))

  test('all its problems are told, in the order of reading', () => {
    const text = `${BASE}param q = 1
let a = nothing
let b = A + k
der A = 0
let = 3
state Y[1..2] = 0
expect A at 1 [h] = 3 [L] within 1%
`
    const told = problemsOf(text).map(where)
    expect(told).toEqual([
      'syntax 14:5+1',
      'missing-unit 10:7+1',
      'missing-meaning 10:7+1',
      'missing-source 10:7+1',
      'unknown-name 11:9+7',
      'unit-mismatch 12:9+5',
      'doubled-rate 13:5+1',
      'missing-rate 15:7+1',
      'missing-rate 15:7+1',
      'unit-mismatch 16:21+5',
    ])
  })

  test('a statement that cannot be read makes no further problems', () => {
    const text = `model m
time h
param k = 0.1 [1/h] lognormal "rate" @key
state A = 3 [mg
der A = k*A +
let q = k*A
`
    expect(problemsOf(text).map(where)).toEqual([
      'missing-unit 2:6+1',
      'syntax 3:31+6',
      'syntax 4:13+1',
      'syntax 5:14+1',
    ])
    expect(problemsOf(`${BASE}state Y = 0 [mg]\nder Y = k*\nprama z = 3 [mg]\nlet r = Y + z\n`).map(where)).toEqual([
      'syntax 11:11+1',
      'unknown-statement 12:1+5',
    ])
  })

  test('a sign that no name has is told whole', () => {
    expect(problemsOf(`${BASE}let 🙂 = 3\n`)).toMatchObject([
      { message: 'Expected the name, found "🙂".', place: { column: 5, length: 2 } },
    ])
  })

  test('what is wrong with a rate is told once, not once an element', () => {
    expect(problemsOf(`${BASE}der X[i=1..3] = 0 [mg/h]\n`).map(({ message }) => message)).toEqual([
      '"X[1]" has two rates of change.',
    ])
    expect(problemsOf(`${BASE}state Y[1..200] = 0 [mg]\nder Y[i=1..200] = nothing\n`).map(where)).toEqual([
      'unknown-name 11:19+7',
    ])
  })

  test('what is wrong inside a function is told once, with where it was called', () => {
    const [problem, ...others] = problemsOf(
      `${BASE}function f(a) = a + 1 [L]\nfunction g(a) = 2*f(a)\nlet q = g(A) + g(A)\n`,
    )
    expect(others).toEqual([])
    expect(problem?.message).toBe('Cannot add "1 [L]" [L] to "a" [mg]: both sides of "+" need one unit.')
    expect(problem?.notes).toEqual(['in "f", called at m.model:11:19', 'in "g", called at m.model:12:9'])
  })

  test('an argument that is 0 takes the unit that is declared for it', () => {
    const text = (a: string): string => `${BASE}function f(a [mg]) = a + 1 [h]\nlet q = f(${a})\n`
    expect(problemsOf(text('0')).map(where)).toEqual(problemsOf(text('A')).map(where))
    expect(problemsOf(text('0'))).toHaveLength(1)
  })
})

describe('limits', () => {
  const told = (text: string): string[] => problemsOf(text).map((p) => `${where(p)} ${p.message}`)
  const lines = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('')

  test('of parentheses', () => {
    expect(told(`${BASE}let q = ${'('.repeat(99)}1${')'.repeat(99)}\n`)).toEqual([])
    expect(told(`${BASE}let q = ${'('.repeat(100)}1${')'.repeat(100)}\n`)).toEqual([
      'too-deep 10:109+1 The expression nests deeper than 100 levels.',
    ])
  })

  test('of terms', () => {
    expect(told(`${BASE}let q = 1${'+1'.repeat(249)}\n`)).toEqual([])
    expect(told(`${BASE}let q = 1${'+1'.repeat(250)}\n`)).toEqual([
      'too-deep 10:9+501 The expression is more than 250 operations deep; each term of a sum counts.',
    ])
  })

  test('of functions in functions', () => {
    const nested = (calls: number): string =>
      `${BASE}function f(a) = a${'+1'.repeat(39)}\nlet q = ${'f('.repeat(calls)}u${')'.repeat(calls)}\n`
    expect(told(nested(9))).toEqual([])
    expect(told(nested(11))).toEqual([
      'too-deep 10:17+21 With what it calls and refers to, the expression is more than 400 operations deep.',
    ])
  })

  test('of definitions used before they are defined', () => {
    const backwards = (count: number): string =>
      `${BASE}${lines(count, (i) => `let a${i} = a${i + 1}`)}let a${count} = 1\n`
    expect(told(backwards(399))).toEqual([])
    expect(told(backwards(400))).toEqual([
      'too-deep 410:12+1 With what it calls and refers to, the expression is more than 400 operations deep.',
    ])
  })

  test('of the model as a whole', () => {
    const doubling = `${BASE}function f0(a) = a + a\n${lines(20, (i) => `function f${i + 1}(a) = f${i}(a) + f${i}(a)`)}let q = f20(1)\n`
    expect(told(doubling)).toEqual([
      expect.stringMatching(
        /^too-large 1\d:\d+\+\d+ The model has more than 200000 operations once functions and arrays are written out\.$/,
      ),
    ])
  })

  test('of states', () => {
    const states = (size: number): string =>
      `${BASE}state Y[1..200] = 0\nder Y[i=1..200] = 0\nstate Z[1..200] = 0\nder Z[i=1..200] = 0\nstate W[1..${size}] = 0\nder W[i=1..${size}] = 0\n`
    expect(told(states(96))).toEqual([])
    expect(told(states(97))).toEqual(['too-many-states 14:7+1 The model has more than 500 states.'])
  })

  test('of arguments', () => {
    expect(told(`${BASE}let q = min(${'1,'.repeat(99)}1)\n`)).toEqual([])
    expect(told(`${BASE}let q = min(${'1,'.repeat(100)}1)\n`)).toEqual([
      'too-many-arguments 10:213+1 A call has at most 100 arguments.',
    ])
  })

  test('of problems', () => {
    expect(told(`${BASE}${lines(3000, (i) => `let a${i} = b${i}`)}`)).toHaveLength(1000)
    expect(told('x\n'.repeat(3000)).filter((p) => p.startsWith('unknown-statement'))).toHaveLength(1000)
  })

  test('of what a message quotes', () => {
    const [problem] = problemsOf(`${BASE}let q = 1${'0'.repeat(5000)}\n`)
    expect(problem?.message.length).toBeLessThan(200)
  })
})

describe('joined files', () => {
  const HEAD = (name: string): string => `model ${name}\ntime [h]\n`
  const STATE = 'state S = 0 [1]\nder S = 0\n'
  const PK = `${HEAD('pk')}state A = 9 [mg]\nder A = -0.1 [1/h]*A\nprovides conc = A/(3 [L]) "concentration"\n`

  async function problemsIn(files: Record<string, string>): Promise<string[]> {
    const { files: read, problems } = await gatherModel(Object.keys(files)[0] ?? '', async (file) => files[file])
    return [...problems, ...checkModel(read).problems].map(
      (p) => `${p.place?.file} ${where(p)} ${p.message}${p.help === undefined ? '' : ` (${p.help})`}`,
    )
  }

  test.each<[string, Record<string, string>, string[]]>([
    [
      'a file that is not there',
      { 'm.model': `${HEAD('m')}use pk\nneeds conc [mg/L] "c"\n${STATE}let e = conc*2\n` },
      [
        'm.model missing-file 3:5+2 There is no file "pk.model". (a used model stands in the same folder as the file that uses it)',
      ],
    ],
    [
      'a need that nobody fills',
      { 'm.model': `${HEAD('m')}use pk\nneeds conk [mg/L] "c"\n${STATE}let e = conk*2\n`, 'pk.model': PK },
      ['m.model unresolved-need 4:7+4 No joined file provides "conk". (did you mean "conc"?)'],
    ],
    [
      'a need unlike all that is provided',
      { 'm.model': `${HEAD('m')}use pk\nneeds weight [kg] "w"\n${STATE}let e = weight*2\n`, 'pk.model': PK },
      ['m.model unresolved-need 4:7+6 No joined file provides "weight". (join the file that provides it with "use")'],
    ],
    [
      'a need of a file alone without a value',
      { 'm.model': `${HEAD('m')}needs conc [mg/L] "c"\n${STATE}let e = conc*2\n` },
      [
        'm.model unresolved-need 3:7+4 No joined file provides "conc". (give the value that serves the file alone: needs conc = 1 [mg/L])',
      ],
    ],
    [
      'a need without a meaning',
      { 'm.model': `${HEAD('m')}needs conc = 1 [mg/L]\n${STATE}let e = conc*2\n` },
      [
        'm.model missing-meaning 3:7+4 "conc" does not say what it means. (put a few words in quotes after the unit: "rate of loss")',
      ],
    ],
    [
      'a link of two units',
      {
        'm.model': `${HEAD('m')}use pk\nneeds conc [ug/mL] "c"\nneeds conc2 [mg/mL] "c"\n${STATE}let e = conc*conc2\n`,
        'pk.model': `${PK}provides conc2 = A/(3 [L]) "the same"\n`,
      },
      [
        'm.model link-unit 5:13+7 "conc2" is needed in [mg/mL], "pk" provides it in [mg/L]. (convert it where it is provided: … in [mg/mL])',
      ],
    ],
    [
      'a name that two files provide',
      {
        'm.model': `${HEAD('m')}use pk, pk_two\n${STATE}`,
        'pk.model': PK,
        'pk-two.model': PK.replace('model pk', 'model pk_two'),
      },
      [
        'pk-two.model doubled-provides 5:10+4 "conc" is provided by "pk" and by "pk_two". (leave one of them out, or rename one)',
      ],
    ],
    [
      'a name that one file provides and the first declares',
      { 'm.model': `${HEAD('m')}use pk\n${STATE}let conc = 3\n`, 'pk.model': PK },
      [
        'pk.model doubled-provides 5:10+4 "conc" is provided by "pk" and declared by "m". (what is provided keeps its plain name: rename one)',
      ],
    ],
    [
      'two units of time',
      { 'm.model': `${HEAD('m')}use pk\n${STATE}`, 'pk.model': PK.replace('[h]', '[d]') },
      [
        'pk.model unit-mismatch 2:6+3 This file counts time in [d], the file that uses it in [h]. (joined files share one unit of time)',
      ],
    ],
    [
      'a file under another name',
      { 'm.model': `${HEAD('m')}use pk\n${STATE}`, 'pk.model': PK.replace('model pk', 'model pkk') },
      [
        'pk.model model-name 1:7+3 The model is called "pkk", its file says "pk". (name both alike, "_" in the model for "-" in the file)',
      ],
    ],
    [
      'a mistake in the file that is used',
      { 'm.model': `${HEAD('m')}use pk\n${STATE}`, 'pk.model': `${PK}let q = AA\n` },
      ['pk.model unknown-name 6:9+2 Nothing is called "AA" here. (did you mean "A"?)'],
    ],
    [
      'a name of a file that is not joined',
      { 'm.model': `${HEAD('m')}use pk\n${STATE}let q = px.A\n`, 'pk.model': PK },
      ['m.model unknown-name 6:9+4 No joined file is called "px". (join it: use …)'],
    ],
    [
      'a provided name that is not needed',
      { 'm.model': `${HEAD('m')}use pk\n${STATE}let q = conc\n`, 'pk.model': PK },
      [
        'm.model unknown-name 6:9+4 Nothing is called "conc" here. (another file provides it: take it with "needs conc …", or write pk.conc)',
      ],
    ],
    [
      'a name of a joined file without the file',
      { 'm.model': `${HEAD('m')}use pk\n${STATE}let q = A\n`, 'pk.model': PK },
      ['m.model unknown-name 6:9+1 Nothing is called "A" here. (did you mean "pk.A"?)'],
    ],
    [
      'a name that the joined file lacks',
      { 'm.model': `${HEAD('m')}use pk\n${STATE}let q = pk.B\n`, 'pk.model': PK },
      ['m.model unknown-name 6:9+4 Nothing is called "pk.B" here. (did you mean "pk.A"?)'],
    ],
    [
      'one state with a rate in each of two files',
      { 'm.model': `${HEAD('m')}use pk\n${STATE}der pk.A = 0\n`, 'pk.model': PK },
      ['pk.model doubled-rate 4:5+1 "pk.A" has two rates of change.'],
    ],
    [
      'a cycle through two files',
      {
        'm.model': `${HEAD('m')}use b\nneeds q [1] "q"\n${STATE}provides p = q*2 "p"\n`,
        'b.model': `${HEAD('b')}needs p [1] "p"\nprovides q = p*2 "q"\n`,
      },
      [
        'b.model cyclic-definition 4:14+1 "p" is defined by itself: p -> b.q -> p. (a quantity that feeds back on itself must be a state)',
      ],
    ],
    [
      'a file that is too large',
      { 'm.model': `${HEAD('m')}use pk\n${STATE}`, 'pk.model': '#'.repeat(2_000_001) },
      ['pk.model file-too-large 1:1+1 The file has 2000001 characters; a model file has at most 2000000.'],
    ],
    [
      'too many files',
      { 'm.model': `${HEAD('m')}use ${Array.from({ length: 300 }, (_, i) => `a${i}`).join(', ')}\n${STATE}` },
      ['m.model too-many-files 3:1089+4 A model joins at most 200 files.'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await problemsIn(files)).toEqual(expected)
  })

  test('files that use each other, and themselves, are read once', async () => {
    const read: string[] = []
    const files: Record<string, string> = {
      'models/m.model': `${HEAD('m')}use m, a_b\n${STATE}`,
      'models/a-b.model': `${HEAD('a_b')}use c\n`,
      'models/c.model': `${HEAD('c')}use a_b, m, c\n`,
    }
    const gathered = await gatherModel('models/m.model', async (file) => {
      read.push(file)
      return files[file]
    })
    expect(read).toEqual(['models/m.model', 'models/a-b.model', 'models/c.model'])
    expect([...gathered.problems, ...checkModel(gathered.files).problems]).toEqual([])
  })

  test('the file asked for is not there', async () => {
    const { files, problems } = await gatherModel('m.model', () => Promise.resolve(undefined))
    expect(files).toEqual([])
    expect(problems).toEqual([{ code: 'missing-file', level: 'error', message: 'There is no file "m.model".' }])
  })
})

test('a prior on its own, as populations have it', () => {
  expect(parsePriorText('p', 'lognormal cv 30%').value).toMatchObject({ family: 'lognormal', cv: 30 })
  expect(parsePriorText('p', '3').problems).toMatchObject([{ code: 'missing-prior', place: { line: 1, column: 1 } }])
  expect(parsePriorText('p', 'normal sd 1 2').value).toBeUndefined()
})

test('no problem of the language is missing from this file', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const sources = globSync('*.ts', { cwd: folder, exclude: ['*.test.ts'] }).map((file) =>
    readFileSync(folder + file, 'utf8'),
  )
  const codes = sources.flatMap((text) =>
    Array.from(
      text.matchAll(/(?:(?:report|fail|warn)\(\s*(?:check,\s*)?|code: )'([a-z-]+)'/g),
      ([, code = '']) => code,
    ),
  )
  const tested = readFileSync(fileURLToPath(import.meta.url), 'utf8')
  expect(new Set(codes).size).toBeGreaterThan(50)
  expect(codes.filter((code) => !tested.includes(`${code} `) && !tested.includes(`'${code}'`))).toEqual([])
})
