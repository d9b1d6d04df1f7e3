export const trainUsage = `usage: npm run train -- [options]

  --data NAME         sp500, aapl, ge (real bars); edge, no-edge (generated); or a CSV file
  --config FILE       another config; default pipeline.yaml
  --pipeline NAME     of a config with several
  --set PATH=VALUE    a value of the config: stages.training.with.tellEvery=5; may be repeated
  --resume RUN        go on with an unfinished run; 'latest' for the newest
  --strict            exit 3 when the model is rejected, its features drift or the run is degraded
  --json              print the result as JSON and nothing else
  --home FOLDER       where runs, models, logs and pages are; default .millrace of the example
  --help              this text

environment
  MODEL_TRAINING_BREAK  a stage (evaluation) or a candidate (training/logistic) that throws; several with commas
  MODEL_TRAINING_PAUSE  STAGE waits for ever, training:1 after one candidate, either with @FILE while FILE is there

exit codes
  0 promoted, or rejected without --strict; 1 failed; 2 wrong usage or config; 3 see --strict; 130 cancelled`;
