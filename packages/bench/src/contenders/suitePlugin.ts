export { default as goldenPathPlugin } from '@goldenpath/backstage-plugin-golden-path-backend';
