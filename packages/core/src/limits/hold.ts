/** Why a limit has no room for somebody right now. */
export type Hold =
  /** All slots are taken, or others have waited for longer. */
  | { readonly kind: 'busy'; readonly limit: string }
  | { readonly kind: 'rate'; readonly limit: string; readonly forMs: number }
  /** `forMs` is undefined while one user tries whether it works again. */
  | { readonly kind: 'circuit'; readonly limit: string; readonly forMs: number | undefined };
