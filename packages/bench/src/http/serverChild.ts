import { serve } from './server';

serve(JSON.parse(process.argv[2])).then(
  port => process.stdout.write(`${JSON.stringify({ port })}\n`),
  error => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
