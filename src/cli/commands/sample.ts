import { InvalidArgumentError, type Command } from 'commander';

interface SampleOptions { members: number; seed: number; out: string; ndjson?: boolean }

/** A parser of whole numbers inside a range, both ends included; anything else is wrong use. */
const wholeNumber = (low: number, high: number) => (text: string): number => {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= low && value <= high)) throw new InvalidArgumentError(`expected a whole number from ${low} to ${high}.`);
  return value;
};

async function sample({ members, seed, out, ndjson }: SampleOptions): Promise<void> {
  // Loaded only when the command runs, so that `--help` answers at once.
  const { generateBundles } = require('../sample/generate') as typeof import('../sample/generate');
  const { writeBundles, writeNdjson } = require('../sample/write') as typeof import('../sample/write');
  const { SingleBar } = require('cli-progress') as typeof import('cli-progress');
  // A bar is for people: where nobody watches, nothing is drawn.
  const bar = process.stderr.isTTY ? new SingleBar({ format: '{bar} {value}/{total} members, {eta_formatted} left', stream: process.stderr }) : null;
  bar?.start(members, 0);
  const write = ndjson ? writeNdjson : writeBundles;
  try {
    const files = await write(generateBundles(members, seed), out, (done) => bar?.update(done));
    bar?.stop();
    process.stdout.write(`${members} members in ${files} files: ${out}\n`);
  } finally {
    bar?.stop();
  }
}

/** `phi-gateway sample`: FHIR R4 bundles of people who never lived. */
export function register(program: Command): void {
  program
    .command('sample')
    .summary('write synthetic FHIR bundles')
    .description('Writes FHIR R4 transaction bundles of invented members, one a file, and one with their organizations and practitioners.\nThe same seed gives the same files; the first twelve members bear every sensitivity class between them.')
    .requiredOption('--members <n>', 'how many members, 1 to 1000000', wholeNumber(1, 1_000_000))
    .option('--seed <s>', 'a whole number that decides every choice', wholeNumber(0, 4_294_967_295), 1)
    .requiredOption('--out <dir>', 'the folder to write to; made where it is missing')
    .option('--ndjson', 'one file a resource type, one resource a line, instead of bundles')
    .action(sample);
}
