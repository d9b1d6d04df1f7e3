#!/usr/bin/env node
import { backtestMain } from './src/scan/main.ts';

process.exitCode = await backtestMain(process.argv.slice(2));
