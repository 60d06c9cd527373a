-- Taxes on digital works by the buyer's place, effective-dated (until = first day no longer in force). What they are:
--   tps (GST)  5 %      all of Canada, since 2008-01-01; alone where a province has no tax of its own or keeps it apart
--   tvq (QST)  9.975 %  Québec, since 2013-01-01, on the price without TPS
--   tvh (HST)  TPS and the province's tax in one: Ontario 13 % since 2010-07-01; New Brunswick and Newfoundland and Labrador 15 % since
--              2016-07-01; Prince Edward Island 15 % since 2016-10-01; Nova Scotia 15 % since 2010-07-01, 14 % since 2025-04-01
--   tva        France: 5.5 % on a book, downloaded too, since 2013-01-01; 20 % on a recording since 2014-01-01
-- Entered from general knowledge, NOT checked against a source: before opening, the treasurer compares each line with the tables of the
-- Canada Revenue Agency (GST/HST), of Revenu Québec (QST) and of the French tax administration (TVA).
-- A rate here is no duty to collect: a co-op checks its own registrations, and a tax is collected only on the works of a co-op that has
-- given its number for it (coop.tax_numbers: tps, which serves for tvh too; tvq; tva). The retail taxes of British Columbia, Saskatchewan
-- and Manitoba (PST, RST) are not here, for who sells from elsewhere seldom has to; a co-op that is registered for one enters its line.
-- An e-book is not a printed book: in Québec it bears both TPS and TVQ.
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
on conflict (code, place, kind, in_force_from) do nothing;

insert into tax_rate (id, code, place, kind, percent, position, in_force_from, in_force_until) values
  ('8d0a4bb1-4b63-7c2f-8f0e-1f7f3f1f5c01', 'tva', 'FR', 'book', 5.5, 1, '2013-01-01', null),
  ('8d0a4bb1-4b63-7c2f-8f0e-1f7f3f1f5c02', 'tva', 'FR', 'album', 20, 1, '2014-01-01', null)
on conflict (code, place, kind, in_force_from) do nothing;
