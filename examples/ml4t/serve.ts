#!/usr/bin/env node
import { runProgram } from './src/console/run-program.ts';
import { serve } from './src/serve/serve.ts';

process.exitCode = await runProgram(serve, process.argv.slice(2));
