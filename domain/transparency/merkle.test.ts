import { expect, test } from "vitest";
import { emptyTree, inclusionProof, isIncluded, leafHash, rootOf, type Tree, withLeaf } from "./merkle.ts";

// The leaves and roots with which implementations of RFC 6962 check themselves.
const contents = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const leaves = contents.map((hex) => leafHash(Buffer.from(hex, "hex")));
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test("the tree grows by one leaf at a time, to the root of the standard", () => {
  let tree: Tree = emptyTree;
  expect(rootOf(tree).toString("hex")).toBe(
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  );
  for (const [i, leaf] of leaves.entries()) {
    tree = withLeaf(tree, leaf);
    expect(rootOf(tree).toString("hex")).toBe(roots[i]);
  }
});

test("each leaf is proved in a tree of every size, and in no other place, tree or wording", () => {
  for (let size = 1; size <= leaves.length; size += 1) {
    const some = leaves.slice(0, size);
    const root = Buffer.from(roots[size - 1]!, "hex");
    for (let index = 0; index < size; index += 1) {
      const proof = inclusionProof(some, index);
      expect(isIncluded(some[index]!, index, size, proof, root)).toBe(true);
      expect(isIncluded(leafHash(Buffer.from("x")), index, size, proof, root)).toBe(false);
      expect(isIncluded(some[index]!, size, size, proof, root)).toBe(false);
      if (size > 1) {
        expect(isIncluded(some[index]!, (index + 1) % size, size, proof, root)).toBe(false);
        expect(isIncluded(some[index]!, index, size, proof.slice(1), root)).toBe(false);
      }
    }
  }
});
