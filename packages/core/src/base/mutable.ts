/** A record while it is put together, field by field. */
export type Mutable<Fields> = { -readonly [Key in keyof Fields]: Fields[Key] };
