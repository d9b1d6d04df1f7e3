import type { IncomingMessage, MessageSource } from '@millrace/stream';
import { Post } from '../message/post.ts';
import { messagesOf, type SocialMessage } from '../message/social-message.ts';

/** What became of posts before they were messages. */
export interface PostCounts {
  readonly posts: number;
  /** They were no posts. */
  readonly unreadable: number;
  /** They name no share. */
  readonly withoutTicker: number;
  readonly messages: number;
}

interface OpenPost {
  readonly id: string;
  left: number;
}

/** Makes a message of each ticker of each post of another source. A post is acknowledged when all its messages are. */
export class TickerSource implements MessageSource<SocialMessage> {
  readonly name: string;
  readonly #posts: MessageSource;
  readonly #excluded: ReadonlySet<string>;
  /** By message id: the same post may be under way twice. */
  readonly #open = new Map<string, OpenPost[]>();
  #lastPost: string | undefined;
  #counts: PostCounts = { posts: 0, unreadable: 0, withoutTicker: 0, messages: 0 };

  constructor(posts: MessageSource, excluded: readonly string[]) {
    this.#posts = posts;
    this.#excluded = new Set(excluded);
    this.name = posts.name;
  }

  get counts(): PostCounts {
    return this.#counts;
  }

  /** Id of the newest one that was read. */
  get lastPost(): string | undefined {
    return this.#lastPost;
  }

  async *read(signal: AbortSignal): AsyncGenerator<IncomingMessage<SocialMessage>> {
    for await (const { id, value } of this.#posts.read(signal)) {
      const post = Post.safeParse(value);
      this.#lastPost = id;
      this.#count({ posts: 1, unreadable: Number(!post.success) });
      const messages = post.success ? messagesOf(post.data, this.#excluded) : [];
      this.#count({ messages: messages.length });
      if (messages.length === 0) {
        this.#count({ withoutTicker: Number(post.success) });
        await this.#posts.acknowledge?.([id]);
        continue;
      }
      const open = { id, left: messages.length };
      for (const message of messages) {
        this.#open.set(message.id, [...(this.#open.get(message.id) ?? []), open]);
      }
      for (const message of messages) yield { id: message.id, value: message };
    }
  }

  async acknowledge(ids: readonly string[]): Promise<void> {
    const done: string[] = [];
    for (const id of ids) {
      for (const post of this.#open.get(id) ?? []) {
        post.left -= 1;
        if (post.left === 0) done.push(post.id);
      }
      this.#open.delete(id);
    }
    if (done.length > 0) await this.#posts.acknowledge?.(done);
  }

  async close(): Promise<void> {
    await this.#posts.close?.();
  }

  #count(change: Partial<PostCounts>): void {
    const { posts, unreadable, withoutTicker, messages } = this.#counts;
    this.#counts = {
      posts: posts + (change.posts ?? 0),
      unreadable: unreadable + (change.unreadable ?? 0),
      withoutTicker: withoutTicker + (change.withoutTicker ?? 0),
      messages: messages + (change.messages ?? 0),
    };
  }
}
