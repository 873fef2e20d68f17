import type { SummaryItem } from '@goldenpath/backstage-plugin-golden-path-common';

/** A group with the groups right below it. */
export interface GroupNode {
  item: SummaryItem;
  children: GroupNode[];
}

function byName(a: GroupNode, b: GroupNode): number {
  if (a.item.key === null || b.item.key === null) {
    return Number(a.item.key === null) - Number(b.item.key === null);
  }
  return a.item.key.localeCompare(b.item.key);
}

/**
 * Groups as a tree, by name, those that belong to none last. A group whose parent is not among the items stands at the
 * top, and so does one that is its own ancestor, since a catalog may hold circles.
 *
 * @param root - key of the one group to begin with, when only that one is wanted
 */
export function groupTree(items: SummaryItem[], root?: string): GroupNode[] {
  const parents = new Map(items.map(item => [item.key, item.parent]));
  const inCircle = (key: string | null) => {
    const seen = new Set<string | null>();
    let at = parents.get(key) ?? null;
    while (at !== null && !seen.has(at)) {
      if (at === key) {
        return true;
      }
      seen.add(at);
      at = parents.get(at) ?? null;
    }
    return false;
  };
  const nodes = new Map<string | null, GroupNode>(
    items.map(item => [item.key, { item, children: [] }]),
  );
  const tops: GroupNode[] = [];
  for (const node of nodes.values()) {
    const { key, parent } = node.item;
    const above =
      parent !== null && !inCircle(key) ? nodes.get(parent) : undefined;
    (above?.children ?? tops).push(node);
  }
  for (const node of nodes.values()) {
    node.children.sort(byName);
  }
  if (root !== undefined) {
    const only = nodes.get(root);
    return only ? [only] : [];
  }
  return tops.sort(byName);
}
