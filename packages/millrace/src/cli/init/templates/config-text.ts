/**
 * The config of a new project.
 * @param ending of the stage files, `.ts` or `.mts`
 */
export function configText(name: string, ending: string): string {
  return `# yaml-language-server: $schema=./.millrace/schema.json
# What runs, who needs whom, and with which values. Check it with: npx millrace validate
name: ${name}

# Values for \${...} below. Another one for a single run: npx millrace run --param window=8
params:
  window: 5

stages:
  load:
    uses: ./stages/load${ending}
    with: { file: data/prices.csv }
  volatility:
    uses: ./stages/volatility${ending}
    needs: [load]
    with: { window: "\${window}" }
  report:
    uses: ./stages/report${ending}
    needs: [volatility]
    # Writing files may fail for a moment.
    retry: { attempts: 3, delay: 1s }
`;
}
