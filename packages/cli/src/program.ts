import { Command, CommanderError, Option } from 'commander';
import { runAdopt } from './commands/adopt';
import { runDrift } from './commands/drift';
import { runGate } from './commands/gate';
import { runHealth } from './commands/health';
import { runMerge } from './commands/merge';
import { runPathDocs } from './commands/pathDocs';
import { runPathReplay } from './commands/pathReplay';
import { runPathValidate } from './commands/pathValidate';
import { runScore } from './commands/score';
import { runTemplateTest } from './commands/templateTest';
import { runTemplateVerify } from './commands/templateVerify';
import { runUpdate } from './commands/update';
import { runVerify } from './commands/verify';
import { EXIT, type ExitCode } from './exitCode';
import { formatOption as format } from './formatOption';
import { visible } from './output/visible';
import { addReportCommands } from './reportCommands';

const collect = (value: string, before: string[]) => [...before, value];

/**
 * Runs the command line.
 *
 * @param argv - As in `process.argv`.
 * @returns 0 holds, 1 falls short, 2 could not tell. Bad input is 2, with a message that names the file or option.
 */
export async function runProgram(argv: string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.couldNotTell;
  const run =
    <A extends unknown[]>(command: (...args: A) => Promise<ExitCode>) =>
    async (...args: A) => {
      code = await command(...args);
    };
  const program = new Command('golden-path')
    .description(
      'Scores a repository against a golden path, and shows its drift and downstream health.\n' +
        'Exit code: 0 holds, 1 falls short, 2 could not tell.',
    )
    .exitOverride();

  program
    .command('score')
    .description('score a folder against paths')
    .argument('[dir]', 'the repository', '.')
    .option(
      '--path <file>',
      "a golden path, or a folder of them; may be repeated (default: those of the suite's that apply to the entity)",
      collect,
      [],
    )
    .option('--facts <file>', 'facts of other sources, as JSON or YAML')
    .option('--level <level>', 'the level to reach')
    .option('--at <time>', 'evaluate as of this ISO 8601 time')
    .addOption(
      new Option('--waivers <from>', 'which waivers hold')
        .choices(['file', 'none'])
        .default('file'),
    )
    .option('--fix', 'write the automatic fixes of failed checks')
    .option('--dry-run', 'with --fix: print them as a patch, write nothing')
    .addOption(format('markdown', 'junit', 'sarif'))
    .action(run(runScore));

  program
    .command('drift')
    .description('compare a folder with the template it was created from')
    .argument('[dir]', 'the repository', '.')
    .option(
      '--template <dir or url>',
      'the template to compare with: a folder, or https://…/repository.git//folder',
    )
    .addOption(format())
    .action(run(runDrift));

  program
    .command('update')
    .description(
      'bring a repository to a version of its template, and lose none of its own lines; 1 with conflicts, 2 when refused',
    )
    .argument('[dir]', 'the repository', '.')
    .requiredOption(
      '--template <dir or url>',
      'the template: a folder, or https://…/repository.git//folder',
    )
    .option('--to <version>', 'the version (default: what the template is now)')
    .option('--dry-run', 'print what would be done, write nothing')
    .option('--branch <name>', 'commit on a new branch instead of writing')
    .option(
      '--decisions <file>',
      'what to take and what to keep, by path and hunk, as JSON or YAML',
    )
    .addOption(format('markdown'))
    .action(run(runUpdate));

  program
    .command('merge')
    .description(
      'the merge of an update alone, on three folders; 1 with conflicts',
    )
    .requiredOption('--base <dir>', 'what the template made then')
    .requiredOption('--ours <dir>', 'the service')
    .requiredOption('--theirs <dir>', 'what the template makes now')
    .requiredOption('--out <dir>', 'an empty folder for the result')
    .option(
      '--classes <file>',
      'globs mapped to managed, merged, seeded or excluded, as JSON or YAML',
    )
    .addOption(format())
    .action(run(runMerge));

  program
    .command('verify')
    .description('check managed files against the lock, offline')
    .argument('[dir]', 'the repository', '.')
    .addOption(format())
    .action(run(runVerify));

  program
    .command('adopt')
    .description(
      'add what a template has and a repository lacks; nothing that is there changes',
    )
    .argument('[dir]', 'the repository', '.')
    .requiredOption('--template <dir>', "the template's folder")
    .option(
      '--value <name=value>',
      'a value for the template; may be repeated',
      collect,
      [],
    )
    .option('--values <file>', 'values for the template, as JSON or YAML')
    .option(
      '--path <file>',
      "a golden path, or a folder of them; may be repeated (default: those of the suite's that apply to the entity)",
      collect,
      [],
    )
    .option('--dry-run', 'print what would be added, write nothing')
    .addOption(format())
    .action(run(runAdopt));

  program
    .command('health')
    .description('compute downstream health from CDEvents')
    .requiredOption('--events <file>', 'newline-delimited CDEvents JSON')
    .requiredOption(
      '--entity <ref>',
      'the entity, such as component:default/pay',
    )
    .option('--environment <name>', 'the environment', 'production')
    .option(
      '--from <time>',
      'start of the window (default: 28 days before the end)',
    )
    .option('--to <time>', 'end of the window (default: now)')
    .addOption(format())
    .action(run(runHealth));

  addReportCommands(program, run);

  program
    .command('gate')
    .description(
      'ask whether a deployment may go ahead; 0 it may, 1 it is blocked, 2 could not tell',
    )
    .requiredOption(
      '--entity <ref>',
      'the entity, such as component:default/pay',
    )
    .option('--environment <name>', 'the environment', 'production')
    .option(
      '--url <backend>',
      'ask a backend; the token comes from GOLDEN_PATH_TOKEN',
    )
    .option('--events <file>', 'decide here, from newline-delimited CDEvents')
    .option('--facts <file>', 'what else is known, as JSON or YAML')
    .option(
      '--policy <file>',
      'a golden path with a gate, or a policy alone (default: the default policy)',
    )
    .option('--at <time>', 'decide as of this ISO 8601 time')
    .option('--sha <sha>', 'the commit that is deployed')
    .option('--artifact <id>', 'what is deployed, as a package URL')
    .option(
      '--deployment-id <id>',
      'the id the deployment will be reported with',
    )
    .addOption(
      new Option('--kind <kind>', 'what it is')
        .choices(['deploy', 'rollback', 'incident-fix', 'security-fix'])
        .default('deploy'),
    )
    .option(
      '--fixes <id>',
      'the incident or vulnerability it fixes; may be repeated',
      collect,
      [],
    )
    .option('--progressive', 'it is released step by step')
    .option(
      '--allow-unknown',
      'exit 0 when nothing is known and the policy lets that pass',
    )
    .addOption(format('markdown'))
    .action(run(runGate));

  const path = program.command('path').description('work on a golden path');

  path
    .command('validate')
    .description('check path files')
    .argument('<files...>', 'the path files')
    .addOption(format())
    .action(run(runPathValidate));

  path
    .command('docs')
    .description('describe every check of paths as Markdown')
    .argument('<files...>', 'path files, or folders of them')
    .option('--out <dir>', 'write a file per path into this folder')
    .action(run(runPathDocs));

  path
    .command('replay')
    .description('show what a changed path would do; 1 when somebody falls')
    .argument('<file>', 'the path file')
    .option('--against <file>', 'the path file to compare with')
    .option('--facts <file>', 'facts of entities, newline-delimited JSON')
    .option(
      '--url <backend>',
      'ask a backend; the token comes from GOLDEN_PATH_TOKEN',
    )
    .option('--days <n>', 'with --url: days to go back, at most 90')
    .addOption(format('markdown'))
    .action(run(runPathReplay));

  const template = program
    .command('template')
    .description('prove a golden path template');

  template
    .command('test')
    .description('render, check, score and build what a template makes')
    .argument('<dir>', "the template's folder")
    .option(
      '--only <parts>',
      'of render, lint, score, mutations and build, with commas',
    )
    .option('--row <id>', 'one row of the matrix')
    .option('--paths <dir>', "folder of golden paths (default: the suite's)")
    .option('--require-all', 'a tool that is missing makes it unproven')
    .option(
      '--out <file>',
      'write the proof here, such as proof/<version>.json in the folder',
    )
    .addOption(format())
    .action(run(runTemplateTest));

  template
    .command('verify')
    .description("check that the folder's version is proven, running nothing")
    .argument('<dir>', "the template's folder")
    .addOption(format())
    .action(run(runTemplateVerify));

  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT.holds : EXIT.couldNotTell;
    }
    process.stderr.write(
      `${visible(error instanceof Error ? error.message : String(error))}\n`,
    );
    return EXIT.couldNotTell;
  }
}
