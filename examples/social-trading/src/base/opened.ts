import { SocialError } from './social-error.ts';

/** What a stage opened in its setup. @throws SocialError NOT_SET_UP */
export function opened<T>(value: T | undefined): T {
  if (value !== undefined) return value;
  throw new SocialError('NOT_SET_UP', 'the stage runs, and its setup never did');
}
