/** The only file of the package that imports the TOML parser. */
export { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
