import { StreamStatusServer } from '@millrace/stream';
import { messageOf, SocialError } from '../base/social-error.ts';

type Streams = Parameters<typeof StreamStatusServer.start>[0];

/** The page of a stream, on this machine only. @throws SocialError STATUS_UNUSABLE */
export async function openStatus(streams: Streams, port: number): Promise<StreamStatusServer> {
  try {
    return await StreamStatusServer.start(streams, { port });
  } catch (cause) {
    const message = `the status page cannot have port ${port}: ${messageOf(cause)}; give another one, or 0 for any free one`;
    throw new SocialError('STATUS_UNUSABLE', message, { cause });
  }
}
