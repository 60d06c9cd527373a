import { createHash } from "node:crypto";

/** SHA-256 over 32 bytes each. Docs: RFC 6962, § 2.1: a leaf begins with 0, a node with 1, so that neither passes for the other. */
export function leafHash(contents: Buffer): Buffer {
  return createHash("sha256").update(Buffer.of(0)).update(contents).digest();
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash("sha256").update(Buffer.of(1)).update(left).update(right).digest();
}

/** A tree as far as the next leaf needs it: how many leaves, and the roots of its whole subtrees, largest first. */
export type Tree = { size: number; peaks: Buffer[] };

export const emptyTree: Tree = { size: 0, peaks: [] };

/** The tree with one more leaf: whole subtrees of one size become one. */
export function withLeaf({ size, peaks }: Tree, leaf: Buffer): Tree {
  const grown = [...peaks];
  let last = leaf;
  for (let left = size; left % 2 === 1; left = Math.floor(left / 2)) last = nodeHash(grown.pop()!, last);
  return { size: size + 1, peaks: [...grown, last] };
}

/** The root over all leaves; of no leaf, the hash of nothing. */
export function rootOf({ peaks }: Tree): Buffer {
  if (peaks.length === 0) return createHash("sha256").digest();
  return peaks.reduceRight((right, left) => nodeHash(left, right));
}

/** What stands beside the way from a leaf up to the root, nearest first. Docs: RFC 6962, § 2.1.1. */
export function inclusionProof(leaves: readonly Buffer[], index: number): Buffer[] {
  if (leaves.length <= 1) return [];
  const middle = largestPowerBelow(leaves.length);
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)];
  return index < middle
    ? [...inclusionProof(left, index), rootOver(right)]
    : [...inclusionProof(right, index - middle), rootOver(left)];
}

/** Whether a leaf stands at this place in a tree of so many leaves with this root. Docs: RFC 9162, § 2.1.3.2. */
export function isIncluded(
  leaf: Buffer,
  index: number,
  size: number,
  proof: readonly Buffer[],
  root: Buffer,
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let hash = leaf;
  let at = index;
  let last = size - 1;
  for (const beside of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(beside, hash);
      // A last node without a partner rises by itself.
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, beside);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hash.equals(root);
}

function rootOver(leaves: readonly Buffer[]): Buffer {
  return rootOf(leaves.reduce<Tree>(withLeaf, emptyTree));
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
