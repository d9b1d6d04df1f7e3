import { PipelineStage, type SetupScope, type StageScope, z } from 'millrace';
import { opened } from '../src/base/opened.ts';
import { SocialMessage } from '../src/message/social-message.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { AnalyzerSettings, openAnalyzer } from '../src/sentiment/open-analyzer.ts';
import { Sentiment } from '../src/sentiment/sentiment.ts';
import type { SentimentAnalyzer } from '../src/sentiment/sentiment-analyzer.ts';

export default class Analyze extends PipelineStage.of({
  description: 'Reads what a message says of its share.',
  params: z.object({ analyzer: AnalyzerSettings }),
  inputs: z.object({ message: SocialMessage, copyOf: z.string().nullable() }),
  outputs: z.object({ sentiment: Sentiment }),
}) {
  #analyzer: SentimentAnalyzer | undefined;

  override setup({ params, logger }: SetupScope<typeof Analyze>) {
    this.#analyzer = openAnalyzer(params.analyzer, (message) => logger.warn(message));
  }

  run({ inputs, signal }: StageScope<typeof Analyze>) {
    rehearse('analyze');
    const sentiment = opened(this.#analyzer).analyze(inputs.message.text, signal);
    if (!(sentiment instanceof Promise)) return { sentiment };
    return sentiment.then((answer) => ({ sentiment: answer }));
  }
}
