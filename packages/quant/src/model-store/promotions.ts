import { z } from '@millrace/core';

/** Which versions were in use, oldest first; the last one is. */
export const Promotions = z
  .array(z.object({ version: z.int().min(1), at: z.iso.datetime() }).readonly())
  .readonly();
export type Promotions = z.infer<typeof Promotions>;

/** Undefined for a text that is no list of promotions. */
export function parsePromotions(text: string): Promotions | undefined {
  try {
    return Promotions.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
