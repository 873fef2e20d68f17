import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';

/** One authorised route that reads one row: what any route of a Backstage plugin costs at least. */
export const barePlugin = createBackendPlugin({
  pluginId: 'bare',
  register(env) {
    env.registerInit({
      deps: {
        database: coreServices.database,
        http: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
        permissions: coreServices.permissions,
      },
      async init({ database, http, httpAuth, permissions }) {
        const knex = await database.getClient();
        const router = express.Router();
        router.get(
          '/scores/:kind/:namespace/:name',
          (request, response, next) => {
            const read = async () => {
              const credentials = await httpAuth.credentials(request as never);
              await permissions.authorize(
                [
                  {
                    permission: {
                      type: 'basic',
                      name: 'bare.read',
                      attributes: { action: 'read' },
                    },
                  },
                ],
                { credentials },
              );
              const { kind, namespace, name } = request.params;
              const row = await knex('scores')
                .where({ entity_ref: `${kind}:${namespace}/${name}` })
                .first();
              response.json({ ...row, results: JSON.parse(row.results) });
            };
            read().catch(next);
          },
        );
        http.use(router as never);
      },
    });
  },
});
