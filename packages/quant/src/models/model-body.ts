import { z } from '@millrace/core';

const Finite = z.number();
const Finites = z.array(Finite).readonly();
const Indexes = z.array(z.int().min(-1)).readonly();

/** How a fit went. */
export const Training = z
  .object({
    /** Samples that were learned from, and those kept back for early stopping. */
    rows: z.int().min(0),
    tailRows: z.int().min(0),
    /** Trees, or Newton steps. */
    rounds: z.int().min(0),
    /** Mean log loss of the tail after each round; empty without a tail. */
    tailLoss: Finites,
  })
  .readonly();
export type Training = z.infer<typeof Training>;

const Features = z.array(z.string().min(1)).min(1).readonly();

/** Trees as flat columns over all nodes. */
export const TreesBody = z
  .object({
    kind: z.literal('boosted-trees'),
    features: Features,
    training: Training,
    /** Log odds before any tree. */
    base: Finite,
    /** Node of each tree's root. */
    roots: Indexes,
    /** Feature that a node splits, -1 for a leaf. */
    feature: Indexes,
    /** A value above it goes right; NaN goes left. */
    threshold: Finites,
    /** Node of the left child; the right one follows it. */
    left: Indexes,
    /** Log odds that a leaf adds. */
    value: Finites,
    /** Sum of the gains of each feature's splits. */
    gains: Finites,
  })
  .readonly();
export type TreesBody = z.infer<typeof TreesBody>;

export const LogisticBody = z
  .object({
    kind: z.literal('logistic'),
    features: Features,
    training: Training,
    intercept: Finite,
    /** Of the standardised features. */
    coefficients: Finites,
    means: Finites,
    /** Above 0. */
    deviations: z.array(z.number().positive()).readonly(),
  })
  .readonly();
export type LogisticBody = z.infer<typeof LogisticBody>;

/** A model as plain data, all that it predicts with. */
export const ModelBody = z.discriminatedUnion('kind', [TreesBody, LogisticBody]);
export type ModelBody = z.infer<typeof ModelBody>;
