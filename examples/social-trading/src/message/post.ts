import { z } from '../base/schema.ts';

/** How far an author is known to be worth hearing; 1 is the best. */
export const AuthorTier = z.literal([1, 2, 3]);
export type AuthorTier = z.infer<typeof AuthorTier>;

/** What somebody wrote, as a source gives it. */
export const Post = z
  .object({
    id: z.string().min(1).max(200),
    author: z.string().min(1).max(200),
    tier: AuthorTier,
    text: z.string().max(10_000),
    /** When it was written: milliseconds since 1970, UTC. */
    at: z.int().min(0),
  })
  .readonly();
export type Post = z.infer<typeof Post>;
