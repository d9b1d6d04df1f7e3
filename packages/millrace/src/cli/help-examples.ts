type Example = readonly [command: string, meaning: string];

/** Shown below the options of each command. */
const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  run: [
    ['millrace run', 'the config of this folder'],
    ['millrace run daily.pipeline.yaml --param date=2026-11-20', 'with another value of a param'],
    [
      'millrace run --set stages.score.with.window=30 --dry-run',
      'what would run, with a changed value',
    ],
    ['millrace run --context prices="[1, 2, 3]"', 'for a pipeline with inputs: [prices]'],
    ['millrace run --events events.jsonl --strict', 'for a script'],
  ],
  resume: [
    ['millrace resume', 'the newest unfinished run'],
    ['millrace resume 20261121-124945-f7a3u54n', 'a run by its id, or by a part of it'],
    ['millrace resume daily.pipeline.yaml --dry-run', 'what would be kept, and why the rest runs'],
  ],
  plan: [
    ['millrace plan', 'what a new run would do'],
    ['millrace plan 20261121-124945-f7a3u54n', 'what a resume of that run would do'],
  ],
  validate: [
    ['millrace validate', 'the config of this folder'],
    ['millrace validate *.pipeline.yaml --json', 'several, for a script'],
  ],
  runs: [
    ['millrace runs', 'the newest 20'],
    ['millrace runs --pipeline daily --status failed', 'failed ones of one pipeline'],
  ],
  show: [
    ['millrace show', 'the newest run'],
    ['millrace show --stage score', 'one stage with its attempts and whole stack'],
    ['millrace show 20261121-124945-f7a3u54n --context prices', 'a value of its context'],
    ['millrace show --events --json', 'its events as JSON lines'],
  ],
  graph: [
    ['millrace graph --direction LR > graph.mmd', 'the config of this folder'],
    ['millrace graph 20261121-124945-f7a3u54n', 'a run, coloured by status'],
  ],
  explain: [
    ['millrace explain STAGE_THREW', 'when it appears and what to do'],
    ['millrace explain', 'all codes'],
  ],
};

/** The examples of a command as they stand in its help; empty when it has none. */
export function helpExamples(name: string): string {
  const examples = EXAMPLES[name] ?? [];
  if (examples.length === 0) return '';
  const lines = examples.map(([command, meaning]) => `  ${command}\n      ${meaning}`);
  return `\nExamples:\n${lines.join('\n')}`;
}
