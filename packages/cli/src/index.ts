/**
 * The `golden-path` command: the suite's engine on a local folder and in CI.
 *
 * @packageDocumentation
 */
import { runProgram } from './program';

runProgram(process.argv).then(code => {
  process.exitCode = code;
});
