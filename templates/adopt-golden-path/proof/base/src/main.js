import { createServer } from 'node:http';
import { total } from './price.js';

createServer((_, response) => {
  response.end(String(total([{ cents: 250, count: 2 }])));
}).listen(8080);
