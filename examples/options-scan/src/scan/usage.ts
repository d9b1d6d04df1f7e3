export const usage = `usage: npm run scan -- [options]

  --tickers N         size of the universe, the four real tickers among them; default 3000
  --seed N            of the generated tickers; default 7
  --universe FOLDER   a folder with universe.csv and TICKER.csv files, instead of a generated one
  --date YYYY-MM-DD   nothing after it is seen; default as the config says
  --config FILE       another config; default pipeline.yaml
  --set PATH=VALUE    a value of the config: stages.shortlist.with.top=20; may be repeated
  --resume RUN        go on with an unfinished run; 'latest' for the newest
  --strict            exit 3 when a part failed
  --json              print the result as JSON and nothing else
  --home FOLDER       where runs, tables, universes, cache and pages are; default .millrace of the example
  --help              this text

environment
  OPTIONS_SCAN_BREAK  a stage (options) or a ticker in one (debate/AAPL) that throws; several with commas
  OPTIONS_SCAN_PAUSE  STAGE waits for ever, STAGE:1700 after 1700 items, either with @FILE while FILE is there

exit codes
  0 completed, or partial without --strict; 1 failed; 2 wrong usage or config; 3 partial; 130 cancelled`;
