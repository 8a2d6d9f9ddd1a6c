@export()
@description('How Restore-UnexpectedDeletion runs every night. Its help tells what each means.')
type restoreSchedule = {
  resourceGroupName: string[]?
  excludeTag: string[]?
  excludeDeletedBy: string[]?
  leaveUnknown: bool?

  @minValue(1)
  @maxValue(48)
  maximumAgeHours: int?

  createResourceGroup: bool?
  restoreDependency: bool?
}

@export()
@description('What Clear-DeletedAccount purges every night. Its help tells what each means. It needs a filter.')
type clearSchedule = {
  resourceGroupName: string[]?
  tag: string[]?
  kind: string[]?

  @minValue(1)
  @maxValue(47)
  minimumAgeHours: int?

  @minValue(1)
  maximumCount: int?
}
