export const REPORT_TEXT = `import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PipelineStage, type StageScope, z } from 'millrace';

export default class Report extends PipelineStage.of({
  description: 'Writes the volatility to a file.',
  params: z.object({
    file: z.string().default('out/report.txt').describe('Text file to write.'),
  }),
  // Outputs of any stage before this one, not only of the one that it needs.
  inputs: z.object({ closes: z.array(z.number()), volatility: z.number() }),
}) {
  async run({ inputs: { closes, volatility }, params: { file } }: StageScope<typeof Report>) {
    const percent = (volatility * 100).toFixed(1);
    await mkdir(dirname(file), { recursive: true });
    // A retry and a resume run a stage again, so what it does must bear to be done twice.
    await writeFile(file, \`\${closes.length} days, volatility \${percent} % a year\\n\`);
  }
}
`;
