export const usage = `usage: npm start -- [options], or node social.ts COMMAND [options]

commands
  replay    plays the shipped posts over the shipped bars, and says what became of each; the default
  listen    reads posts from Redis until it is stopped; with --redis
  feed      writes the shipped posts into Redis; with --redis
  report    makes a page of what is in the ledger of --home

options
  --durable           what was accepted outlives a kill: the same command goes on where it was killed
  --home FOLDER       where ledger, journal and report are; default .millrace/social of the example
  --posts FILE        other posts, one a line as JSON
  --redis URL         posts and results go through Redis streams: redis://localhost:6379
  --speed N           seconds of the replay a second; default: as fast as it goes
  --env NAME          an environment of pipeline.yaml: lexicon, llm
  --set PATH=VALUE    a value of pipeline.yaml: stages.gate.with.rules.maxVix=40; may be repeated
  --status PORT       a page of the stream while it goes on, on this machine only; 0: any free port
  --json              prints the result as JSON and nothing else
  --help              this text

environment
  SOCIAL_BREAK        a stage that throws (gate), or its first messages only (gate:10); several with commas
  SOCIAL_PAUSE        a stage that stands still before one of its messages (execute:3), to be killed

exit codes
  0 all came to a final status; 1 failed; 2 wrong usage or config; 3 stopped before its end, or messages were given up; 130 interrupted`;
