// Reads {folder, files: {path: text}, actions} from standard input and prints what GitHub's own language service says of
// each workflow. A program of its own: the service is made of modules that a test runner's loader does not take.
import { registerHooks, createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

registerHooks({
  // The service imports its JSON data without saying that it is JSON
  load(url, context, next) {
    return url.endsWith('.json')
      ? next(url, { ...context, importAttributes: { type: 'json' } })
      : next(url, context);
  },
});

let asked = '';
for await (const chunk of process.stdin) {
  asked += chunk;
}
const { folder, files, actions } = JSON.parse(asked);
const requireFrom = createRequire(`${folder}/package.json`);
const load = name => import(pathToFileURL(`${folder}/node_modules/${name}`));
const { validate } = await load('@actions/languageservice/dist/index.js');
const { TextDocument } = requireFrom('vscode-languageserver-textdocument');

/**
 * The inputs and outputs of an action at the commit it was read at, which newer commits known to be its are taken to have
 * too; `undefined` for any other commit.
 */
async function fetchActionMetadata({ owner, name, path, ref }) {
  const key = [owner, name, path].filter(Boolean).join('/');
  const known = actions[key];
  if (!known || ![known.sha, ...(known.alsoAt ?? [])].includes(ref)) {
    return undefined;
  }
  const inputs = Object.fromEntries(
    Object.entries(known.inputs ?? {}).map(([input, rule]) => [
      input,
      {
        description: input,
        required: rule.required,
        ...(rule.hasDefault && { default: '-' }),
        ...(rule.deprecated && { deprecationMessage: 'deprecated' }),
      },
    ]),
  );
  return { name: key, description: key, inputs, outputs: known.outputs };
}

const found = [];
for (const [file, text] of Object.entries(files)) {
  const document = TextDocument.create(`file:///${file}`, 'yaml', 1, text);
  const diagnostics = await validate(document, {
    actionsMetadataProvider: { fetchActionMetadata },
  });
  for (const { message, range, severity, code } of diagnostics) {
    found.push({
      file,
      line: range.start.line + 1,
      rule: String(code ?? (severity === 1 ? 'error' : 'warning')),
      message,
    });
  }
}
process.stdout.write(JSON.stringify(found));
