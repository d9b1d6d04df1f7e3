export { REDACTED, type SecretSource } from './secret-source.ts';
export { isSensitiveName } from './sensitive-name.ts';
export { createTextRedactor, type TextRedactor } from './text-redactor.ts';
