declare const brand: unique symbol;

/** A string that only its own factory makes, so that ids cannot be mixed up. */
export type Brand<Name extends string> = string & { readonly [brand]: Name };
