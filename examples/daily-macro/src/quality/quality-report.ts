import { z } from '../base/schema.ts';

export const QualityGrade = z.enum(['PASS', 'WARN', 'FAIL']);
export type QualityGrade = z.infer<typeof QualityGrade>;

/** One reason for a deduction. `series` is absent where the fault is of the curve as a whole. */
export const QualityFault = z
  .object({
    kind: z.enum(['stale', 'range', 'curve', 'point-in-time']),
    series: z.string().optional(),
    detail: z.string(),
  })
  .readonly();
export type QualityFault = z.infer<typeof QualityFault>;

/** Points taken off, each capped on its own. */
export const Deductions = z
  .object({
    staleness: z.number().min(0).max(30),
    range: z.number().min(0).max(20),
    curve: z.number().min(0).max(20),
    pointInTime: z.number().min(0).max(30),
  })
  .readonly();
export type Deductions = z.infer<typeof Deductions>;

export const QualityReport = z
  .object({
    /** 0 to 100. */
    score: z.number().min(0).max(100),
    grade: QualityGrade,
    deductions: Deductions,
    seriesCount: z.int(),
    staleCount: z.int(),
    faults: z.array(QualityFault).readonly(),
  })
  .readonly();
export type QualityReport = z.infer<typeof QualityReport>;
