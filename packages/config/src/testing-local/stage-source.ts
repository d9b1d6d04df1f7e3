/** Source of a module that exports a real stage, by default and as `Named`. */
export function stageSource(extra = ''): string {
  return `
import { PipelineStage, z } from '@millrace/core';
export class Named extends PipelineStage.of({
  params: z.strictObject({ window: z.int().min(2).default(20), label: z.string().optional() }),
}) {
  async run() { return {}; }
}
export default Named;
${extra}`;
}

/** A module of one stage class that declares `spec`. */
export function specSource(spec: string): string {
  return `
import { PipelineStage, z } from '@millrace/core';
export default class Specified extends PipelineStage.of({ ${spec} }) {
  async run() { return {}; }
}`;
}
