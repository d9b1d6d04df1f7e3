import { BASIS_KINDS } from '@millrace/core';
import { z } from '../zod.ts';
import { jsonColumn } from './columns.ts';

export const basisColumn = jsonColumn(
  z.object({
    code: z.string(),
    params: z.string(),
    read: z.array(z.string()).exactOptional(),
    inputs: z.array(z.tuple([z.enum(BASIS_KINDS), z.string(), z.string()])),
    files: z.array(z.tuple([z.string(), z.string()])).exactOptional(),
  }),
).nullable();
