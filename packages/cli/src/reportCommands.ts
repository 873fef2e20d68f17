import { type Command, Option } from 'commander';
import {
  runReportCost,
  runReportEvent,
  runReportFindings,
  runReportFlags,
  runReportVex,
} from './commands/report';
import type { ExitCode } from './exitCode';
import { formatOption as format } from './formatOption';

/** `golden-path report …`: sends what happened to a backend. */
export function addReportCommands(
  program: Command,
  run: <A extends unknown[]>(
    command: (...args: A) => Promise<ExitCode>,
  ) => (...args: A) => Promise<void>,
): void {
  const report = program
    .command('report')
    .description(
      'send delivery events and what becomes some; the token comes from GOLDEN_PATH_TOKEN',
    );
  const url = () =>
    new Option(
      '--url <backend>',
      'the backend, such as https://backstage.example.com',
    ).makeOptionMandatory();

  report
    .command('event')
    .description('send CDEvents; 1 when one belongs to no entity')
    .argument('<file>', 'JSON, or one event per line; - reads standard input')
    .addOption(url())
    .addOption(format())
    .action(run(runReportEvent));

  report
    .command('findings')
    .description('send what a scanner found, as SARIF 2.1.0')
    .argument('<file>', 'the SARIF file')
    .requiredOption('--entity <ref>', 'the entity')
    .option('--sha <commit>', 'the commit that was scanned')
    .option('--artifact <id>', 'the artifact that was scanned')
    .option('--environment <name>', 'the environment that was scanned')
    .option('--category <name>', 'where the runs have no automationDetails.id')
    .addOption(url())
    .addOption(format())
    .action(run(runReportFindings));

  report
    .command('vex')
    .description(
      'send what was found out about vulnerabilities, as OpenVEX or CycloneDX',
    )
    .argument('<file>', 'the document')
    .requiredOption('--entity <ref>', 'the entity')
    .addOption(url())
    .addOption(format())
    .action(run(runReportVex));

  report
    .command('cost')
    .description('send a bill: FOCUS as .csv, or the allocation of OpenCost')
    .argument('<file>', 'the bill')
    .addOption(url())
    .addOption(format())
    .action(run(runReportCost));

  report
    .command('flags')
    .description('send the flags of an entity')
    .argument('<file>', 'what Unleash exports, or the definition for flagd')
    .requiredOption('--entity <ref>', 'the entity')
    .option('--environment <name>', 'the environment', 'production')
    .addOption(
      new Option('--provider <name>', 'whose document it is')
        .choices(['unleash', 'flagd'])
        .makeOptionMandatory(),
    )
    .addOption(url())
    .addOption(format())
    .action(run(runReportFlags));
}
