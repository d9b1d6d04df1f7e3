/** The only file of the package that imports the parser of JSON's relatives. */
export { evaluate, parse, type Token, tokenize } from '@humanwhocodes/momoa';
