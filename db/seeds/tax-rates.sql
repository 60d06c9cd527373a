-- Taxes on digital works sold in Canada, by the buyer's place, effective-dated (until = first day no longer in force).
-- Entered from general knowledge, NOT checked against a source: before opening, the treasurer compares each line with the tables of the
-- Canada Revenue Agency (GST/HST) and of Revenu Québec (QST).
-- An e-book is not a printed book: in Québec it bears both TPS and TVQ. Other provinces' own retail taxes are not collected here.
insert into tax_rate (id, code, place, percent, position, in_force_from, in_force_until) values
  ('d94c25f6-fdcb-72a6-8216-952036f0bba5', 'tps', 'CA-QC', 5, 1, '2008-01-01', null),
  ('26be89c6-2566-7048-82b1-857b9fe44c0e', 'tps', 'CA-BC', 5, 1, '2008-01-01', null),
  ('1aa5a15b-9037-72a6-810f-76259e9edc3f', 'tps', 'CA-AB', 5, 1, '2008-01-01', null),
  ('2abefe05-f861-7ba0-8bc4-ea6773a5568b', 'tps', 'CA-SK', 5, 1, '2008-01-01', null),
  ('b73415f3-c2ec-7b7c-8001-a32201b6f188', 'tps', 'CA-MB', 5, 1, '2008-01-01', null),
  ('55175737-84d4-7238-8136-2d22dfd74d7e', 'tps', 'CA-YT', 5, 1, '2008-01-01', null),
  ('e2b6c48e-597f-7bb5-80b6-c7a8be33de85', 'tps', 'CA-NT', 5, 1, '2008-01-01', null),
  ('cccaa8f5-56df-7e8c-82b8-9fa0eebbd818', 'tps', 'CA-NU', 5, 1, '2008-01-01', null),
  ('d02ef71a-538a-7d6f-8054-3136cae9ac79', 'tvq', 'CA-QC', 9.975, 2, '2013-01-01', null),
  ('af6258d7-1bc3-78c2-809c-d4fe11e7d31d', 'tvh', 'CA-ON', 13, 1, '2010-07-01', null),
  ('36b521b1-f648-7c88-8cde-1fc5b09ab93b', 'tvh', 'CA-NB', 15, 1, '2016-07-01', null),
  ('b8cca952-04c9-729e-8e27-57bc516d658c', 'tvh', 'CA-NL', 15, 1, '2016-07-01', null),
  ('203f4e68-8958-7611-8164-897eac18bcb0', 'tvh', 'CA-PE', 15, 1, '2016-10-01', null),
  ('9e4d07cb-ffee-7ba7-891f-3a9dc3d340b0', 'tvh', 'CA-NS', 15, 1, '2010-07-01', '2025-04-01'),
  ('452fc5b0-d5af-7a99-8901-861f10f1d6e5', 'tvh', 'CA-NS', 14, 1, '2025-04-01', null)
on conflict (code, place, in_force_from) do nothing;
