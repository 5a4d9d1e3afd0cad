// The YAML parser's complaints in plain words. Its own are written for those who know the grammar of YAML.
import type { ErrorCode, YAMLError } from 'yaml'
import type { Place, Problem } from '../problem.ts'

const QUOTE = 'put the text between quotation marks'
const INDENT = 'indent by two spaces below the key; keys of one group start in one column'
const PLAIN = 'leave it out: these files need no tags, anchors or directives'

// What the parser found, and what helps; by the parser's code.
const WORDS: Readonly<Record<ErrorCode, readonly [message: string, help: string]>> = {
  ALIAS_PROPS: ['A reference to another part of the file is not allowed here.', PLAIN],
  BAD_ALIAS: ['A reference to another part of the file is not allowed here.', 'if "*" or "&" begins a text: ' + QUOTE],
  BAD_COLLECTION_TYPE: ['This tag does not fit what it stands before.', PLAIN],
  BAD_DIRECTIVE: ['A line that starts with "%" is not allowed here.', PLAIN],
  BAD_DQ_ESCAPE: [
    'After "\\" in double quotation marks stands something unknown.',
    'write \\\\ for one "\\", or use single quotation marks',
  ],
  BAD_INDENT: ['This line is indented too little or too much, or a bracket before it is not closed.', INDENT],
  BAD_PROP_ORDER: ['A tag or an anchor stands in the wrong place.', PLAIN],
  BAD_SCALAR_START: ['A text cannot start with this character.', QUOTE],
  BLOCK_AS_IMPLICIT_KEY: [
    'Two keys stand on one line.',
    'start a new line, or, if the second ":" is part of a text, ' + QUOTE,
  ],
  BLOCK_IN_FLOW: [
    'Inside braces and brackets nothing can be written as an indented block.',
    'write groups with commas and put texts with a ":" between quotation marks',
  ],
  DUPLICATE_KEY: ['A key stands here twice.', 'leave one of them'],
  IMPOSSIBLE: ['This cannot be read.', QUOTE],
  KEY_OVER_1024_CHARS: ['This key is longer than 1024 characters.', 'is a ":" or a bracket missing before?'],
  MISSING_CHAR: [
    'A character is missing: a closing quotation mark or bracket, a comma, a ":" or a space after one.',
    'in braces, put texts with brackets, commas or colons between quotation marks',
  ],
  MULTILINE_IMPLICIT_KEY: ['A key goes over more than one line.', 'is a ":" missing, or a quotation mark open?'],
  MULTIPLE_ANCHORS: ['Two anchors stand before one value.', PLAIN],
  MULTIPLE_DOCS: ['A line of "---" or "..." begins a second document.', 'one file holds one document'],
  MULTIPLE_TAGS: ['Two tags stand before one value.', PLAIN],
  NON_STRING_KEY: ['A key is a plain word.', 'if braces or brackets belong to a text: ' + QUOTE],
  RESOURCE_EXHAUSTION: ['This is nested too deep to be read.', 'is a bracket open?'],
  TAB_AS_INDENT: ['A tab is used to indent.', 'use spaces'],
  TAG_RESOLVE_FAILED: ['This tag is not known.', 'if "!" begins a text: ' + QUOTE],
  UNEXPECTED_TOKEN: [
    'This was not expected here.',
    'in braces, put texts with brackets, commas or colons between quotation marks; else look for a comma or a bracket',
  ],
}

/** Puts one complaint into plain words. */
export function syntaxProblem({ code }: YAMLError, place: Place): Problem {
  const [message, help] = WORDS[code]
  return { code: `yaml-${code.toLowerCase().replaceAll('_', '-')}`, level: 'error', message, place, help }
}
