#!/usr/bin/env node
import { runProgram } from './src/console/run-program.ts';
import { demo } from './src/demo/demo.ts';

process.exitCode = await runProgram(demo, process.argv.slice(2));
