import { z } from '../base/schema.ts';

export const AssetClass = z.enum(['rates', 'fx', 'equity', 'commodity']);
export type AssetClass = z.infer<typeof AssetClass>;

export const assetClasses = AssetClass.options;
