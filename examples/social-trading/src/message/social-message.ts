import { z } from '../base/schema.ts';
import { Post } from './post.ts';
import { tickersIn } from './tickers.ts';

/** A post as one ticker sees it: what the pipeline takes, counts and decides. */
export const SocialMessage = z
  .object({ ...Post.unwrap().shape, postId: z.string().min(1), ticker: z.string().min(1) })
  .readonly();
export type SocialMessage = z.infer<typeof SocialMessage>;

/** A message for each ticker that the post names; the same post always gives the same ids. */
export function messagesOf(post: Post, excluded?: ReadonlySet<string>): readonly SocialMessage[] {
  return tickersIn(post.text, excluded).map((ticker) => ({
    ...post,
    postId: post.id,
    id: `${post.id}/${ticker}`,
    ticker,
  }));
}
