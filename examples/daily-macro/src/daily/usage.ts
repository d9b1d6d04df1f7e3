export const usage = `usage: npm run daily -- [options]

  --date YYYY-MM-DD   the date to run; default today
  --dry-run           compute and print, write nothing anywhere
  --strict            exit 3 when the run is degraded
  --resume RUN        go on with an unfinished run; 'latest' for the newest
  --home FOLDER       where runs, ledger and logs are kept; default .millrace beside pipeline.yaml
  --help              this text

environment
  DAILY_MACRO_LEDGER  postgres://... or an SQLite file for pipeline_runs; default daily-macro.db beside the store
  DAILY_MACRO_BREAK   a stage (strategies), an agent (agents/fx) or a strategy (strategies/curve) that throws
  DAILY_MACRO_PAUSE   STAGE waits for ever, STAGE:FILE while FILE is there

exit codes
  0 success, or degraded without --strict; 1 failed; 2 wrong usage or config; 3 degraded; 130 cancelled`;
