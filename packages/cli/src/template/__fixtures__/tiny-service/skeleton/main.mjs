import { createServer } from 'node:http';

const server = createServer((request, response) => {
  response.statusCode = request.url === '/readyz' ? 200 : 404;
  response.end();
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.once('SIGTERM', () => server.close());
