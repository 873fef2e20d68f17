#!/usr/bin/env bash
# Prints the reference of the component in catalog-info.yaml, such as component:default/pay.
set -euo pipefail

yq --exit-status --no-doc \
  'select(.kind == "Component") | "component:" + (.metadata.namespace // "default") + "/" + .metadata.name' \
  catalog-info.yaml
